import { planConformance, runConformance, type Case } from "@isoconv/conformance";
import { Memo } from "@isoconv/judge";
import { beforeAll, expect, test } from "vitest";
import { drawFaults } from "../draw/draw-faults.js";
import { kinds, type DrawnFault } from "../draw/drawn-fault.js";
import { drawScoreSection, formatShare } from "./draw-score-markdown.js";
import { wilsonInterval } from "./interval.js";
import { readScores } from "./recorded-scores.js";
import { scoreDraws, summariseDraws } from "./score-draws.js";
import { openTracer } from "./tracer.js";

const isFull = process.env["ISOCONV_FULL"] === "1";
const quick = planConformance();
/** Networks take most of the time, and refused calls do not reach a kernel. */
const sampled = planConformance({ share: isFull ? 0.2 : 0.01 });
const plan = { ...sampled, cases: sampled.cases.filter(({ family }) => family !== "model" && family !== "error") };
const memo = new Memo();
let drawn: readonly DrawnFault[];
beforeAll(async () => void (drawn = await drawFaults(7, 20)));

test.each(kinds)(
  "the wrapper of a drawn fault of kind %s passes the plan with the fault switched off",
  async (kind) => {
    const fault = drawn.find((each) => each.kind === kind);
    if (fault === undefined) throw new Error(`no fault of kind ${kind}`);
    const { createControl: create } = fault;
    // Each kind has another quarter of the cases, in `npm run test:full` all.
    const cases = plan.cases.filter((_, k) => isFull || k % kinds.length === kinds.indexOf(kind));
    const report = await runConformance({ ...plan, cases }, { create, memo, stopAtFirstFailure: true });
    expect(report.cases.filter(({ status }) => status !== "pass")).toEqual([]);
  },
);

test("a case that a fault does not reach passes on the faulty backend", async () => {
  const cases = plan.cases.filter(({ id }) =>
    (isFull ? /^op\/(tanh|conv2d|softmax)\/|^contract\// : /^op\/(tanh|conv2d|softmax)\/(exact|matrix)\//).test(id),
  );
  const tracer = await openTracer(plan, memo);
  const tried = isFull ? drawn : kinds.flatMap((kind) => drawn.find((each) => each.kind === kind) ?? []);
  for (const fault of tried) {
    const unreached: Case[] = [];
    for (const testCase of cases) if (!fault.isReachedBy(await tracer.traceOf(testCase))) unreached.push(testCase);
    const { create } = fault;
    const report = await runConformance({ ...plan, cases: unreached }, { create, memo });
    const refused = report.cases.filter(({ status }) => status !== "pass").map(({ id }) => id);
    expect(refused, `${fault.name}: ${fault.what}`).toEqual([]);
  }
  await tracer.close();
});

test("a score counts kills by kind and lists the survivors", async () => {
  const only = planConformance({ filter: ["contract/**"] });
  const faults = drawn.filter(({ kind }) => kind === "state" || kind === "shape");
  const results = await scoreDraws([only], faults);
  const score = summariseDraws(7, results);
  expect(Object.keys(score)).toEqual(["seed", "count", "killed", "kinds", "survivors"]);
  expect(Object.keys(score.kinds)).toEqual(["shape", "numeric", "state", "graph"]);
  expect(score).toMatchObject({ seed: 7, count: 10, kinds: { shape: { count: 5 }, numeric: { count: 0, killed: 0 } } });
  expect(score.survivors).toHaveLength(score.count - score.killed);
  expect(score.killed).toBe(results.filter(({ kill }) => kill?.startsWith("contract/")).length);
  expect(score.kinds.state.killed).toBeGreaterThan(0);
});

test("Wilson's interval", () => {
  expect(wilsonInterval(8, 10).low).toBeCloseTo(0.4902, 4);
  expect(wilsonInterval(8, 10).high).toBeCloseTo(0.9433, 4);
  expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
  expect(wilsonInterval(50, 50).high).toBe(1);
  expect(formatShare(95, 100)).toBe("95 of 100 (95 %, 89–98 %)");
});

test("the section of drawn faults has every kind, seed and survivor", () => {
  const recorded = readScores();
  const section = drawScoreSection(recorded);
  for (const kind of [...kinds, "all"]) expect(section).toContain(`| ${kind} |`);
  for (const { seed, survivors, count, killed } of recorded.scores) {
    expect(section).toContain(String(seed));
    expect(survivors).toHaveLength(count - killed);
    for (const { name } of survivors) expect(section).toContain(`\`${name}\``);
  }
});

/** All take half an hour for each seed. */
const RESCORED = 20;

test.runIf(isFull)("the first of the recorded scores are those of today's plan", async () => {
  for (const recorded of readScores().scores) {
    const faults = (await drawFaults(recorded.seed, recorded.count)).slice(0, RESCORED);
    const { survivors } = summariseDraws(recorded.seed, await scoreDraws([quick], faults));
    const names = new Set(faults.map(({ name }) => name));
    expect(survivors).toEqual(recorded.survivors.filter(({ name }) => names.has(name)));
  }
});
