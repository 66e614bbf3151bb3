import { planConformance, type Case } from "@isoconv/conformance";
import { opNames } from "@isoconv/core-spec";
import { describe, expect, it } from "vitest";
import { partOf } from "./part.js";

const plan = planConformance();

describe.each([{ isOnGpu: false }, { isOnGpu: true }])("the part that npm test runs, on a GPU: $isOnGpu", (where) => {
  const part = new Set(partOf(plan, where));
  const run = plan.cases.filter(({ id }) => part.has(id));

  it("has every operation in every family but random graphs and networks", () => {
    const keysOf = (cases: readonly Case[]): ReadonlySet<string> =>
      new Set(
        cases
          .filter(({ family }) => family !== "property" && family !== "model")
          .flatMap(({ family, ops }) => (ops.length === 1 ? [`${family} ${ops[0]}`] : [])),
      );
    expect(keysOf(run)).toEqual(keysOf(plan.cases));
    expect(new Set(run.flatMap(({ ops }) => ops))).toEqual(new Set(opNames));
  });

  it("is a twelfth of the plan at most", () => {
    expect(run).toHaveLength(part.size);
    expect(run.length).toBeLessThan(plan.cases.length / 12);
  });
});
