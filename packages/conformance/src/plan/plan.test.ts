import { describe, expect, it } from "vitest";
import { matchesAny } from "./glob.js";
import { planConformance } from "./plan.js";

const whole = planConformance();

describe("a filter", () => {
  it.each([
    ["op/relu/**"],
    ["op/*/exact/**"],
    ["op/pad2d/special/*", "trap/*"],
    ["graph/**"],
    ["error/feeds/*"],
    ["model/d2l/lenet/*"],
    ["probe/*", "contract/**"],
    ["**/k3-*"],
  ])("plans the very cases of the whole plan that match: %s", (...filter) => {
    const plan = planConformance({ filter });
    expect(plan.cases).toEqual(whole.cases.filter(({ id }) => matchesAny(filter, id)));
    expect(plan.cases.length).toBeGreaterThan(0);
    expect(["uncounted", whole.cases.length - plan.cases.length]).toContain(plan.omitted);
  });

  it("does not plan families and operations that it cannot match", () => {
    expect(planConformance({ filter: ["op/relu/**"] }).omitted).toBe("uncounted");
    expect(planConformance({ filter: ["**"] }).omitted).toBe(0);
    expect(whole.omitted).toBe(0);
  });

  it.each([
    [["op/relu/**", "op/geluu/**"], "op/geluu/**", "Did you mean op/gelu/**?"],
    [["op/relu/exakt/**"], "op/relu/exakt/**", "Did you mean op/relu/exact/**?"],
    [["trap/conv-s2-p1-even"], "trap/conv-s2-p1-even", "Did you mean trap/conv-s2-p1-even-input?"],
    [["op/conv2d/matrix"], "op/conv2d/matrix", "--list prints the ids"],
    [["**/no-such-thing"], "**/no-such-thing", "--list prints the ids"],
  ])("that matches nothing is refused, beside others too: %j", (filter, glob, hint) => {
    expect(() => planConformance({ filter })).toThrow(
      expect.objectContaining({ code: "INVALID_ATTRIBUTE", path: "filter", received: glob }),
    );
    expect(() => planConformance({ filter })).toThrow(hint);
  });
});

it.each<[object, RegExp]>([
  [{ budgets: "full" }, /^INVALID_ATTRIBUTE: planConformance options.budgets: .*Did you mean "budget"\?$/],
  [{ filter: "op/relu/**" }, /options.filter: .*a list of strings, got "op\/relu\/\*\*"/],
])("refuses the options %j", (options, message) => {
  expect(() => planConformance(options)).toThrow(message);
});

it("plans one case to replay, and refuses an unknown id", () => {
  const [testCase] = whole.cases;
  expect(planConformance({ replay: testCase.id, filter: ["op/**"] })).toMatchObject({
    cases: [testCase],
    filter: [testCase.id],
  });
  expect(() => planConformance({ replay: "probe/rang" })).toThrow("replay: no case matches");
  expect(() => planConformance({ replay: "probe/rang" })).toThrow("Did you mean probe/range?");
});
