import { createBackend } from "@isoconv/backend-reference";
import { opNames } from "@isoconv/core-spec";
import { oneOpNetwork } from "@isoconv/judge";
import { describe, expect, it, test } from "vitest";
import type { AgreementCase } from "../../plan/case.js";
import { planConformance } from "../../plan/plan.js";
import { runConformance } from "../../run/run-conformance.js";
import { broken } from "../contract/broken-backend.test.support.js";
import { stateFaults } from "../state/state-faults.test.support.js";
import { FeedArrays } from "./feed-arrays.js";
import { historyOf } from "./history-of.js";
import { describe as inWords, itemsOf, type Step } from "./step.js";

const plan = planConformance({
  filter: ["op/*/exact/**", "op/*/matrix/**", "op/*/special/**", "op/*/size/*", "trap/**"],
});
const cases = plan.cases as readonly AgreementCase[];

test("the items of a batch begin with another one in each round", () => {
  expect(itemsOf({ from: 1, count: 7 }, 3)).toEqual([1, 2, 0, 2, 0, 1, 0]);
  expect(itemsOf({ from: 2, count: 3 }, 1)).toEqual([0, 0, 0]);
});

test("every cheap case runs more than twice, and ends with the first data", () => {
  // Batches of many items end with the largest.
  for (const { id, history } of cases.filter((each) => !each.id.includes("/size/items-"))) {
    const runs = history.filter(({ kind }) => kind === "run" || kind === "again" || kind === "unjudged");
    expect(runs.length, id).toBeGreaterThanOrEqual(2);
    if (history[0]?.kind === "run" && history.length > 2) expect(history.at(-1), id).toEqual({ kind: "again" });
  }
});

test("together the cases of an operation take every kind of step", () => {
  const kinds: readonly Step["kind"][] = ["run", "twin", "abort", "refuse", "again"];
  for (const op of opNames) {
    const own = cases.filter(({ ops }) => ops.includes(op)).flatMap(({ history }) => history);
    const taken = new Set(own.map(({ kind }) => kind));
    expect(
      kinds.filter((kind) => !taken.has(kind)),
      op,
    ).toEqual([]);
  }
});

test("a case beyond a million multiply-adds runs twice", () => {
  const wide = { x: ["N", 64, 32, 32], w: [64, 64, 3, 3] } as const;
  const kinds = (batch: number): readonly string[] =>
    historyOf(oneOpNetwork("wide", "conv2d", wide, {}, { batch })).map(inWords);
  expect(kinds(1)).toEqual(["other data", "own data"]);
  expect(kinds(2)).toEqual(["own data", "batch 2"]);
});

test("feeds are written into the same arrays, at an odd offset, in alternating order", () => {
  const arrays = new FeedArrays();
  const feeds = {
    a: { dtype: "float32", shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) },
    b: { dtype: "float32", shape: [1], data: Float32Array.of(9) },
  } as const;
  const first = arrays.write(feeds, [1, 0], (name) => name === "a");
  expect([Object.keys(first), [...first["a"].data], [...first["b"].data]]).toEqual([["a", "b"], [3, 4, 1, 2], [9]]);
  expect(first["a"].data.byteOffset % 8).toBe(4);
  const second = arrays.write(feeds, undefined, () => false);
  expect(Object.keys(second)).toEqual(["b", "a"]);
  expect(second["a"].data).toBe(first["a"].data);
  expect([...second["a"].data]).toEqual([1, 2, 3, 4]);
});

describe("a fault of state in an operation", () => {
  const faults = [
    "results-cached-by-batch",
    "stale-after-batch-2",
    "stale-after-batch-3",
    "stale-after-batch-32",
    "wrong-from-run-2",
    "wrong-from-run-5",
    "offsets-ignored",
    "cached-by-identity",
    "right-until-refused",
  ] as const;
  it.each(faults)("fails cases of conv2d: %s", async (name) => {
    const own = planConformance({ filter: ["op/conv2d/matrix/**", "op/conv2d/exact/**"] });
    const { cases: results } = await runConformance(own, { create: broken(stateFaults[name]) });
    const failed = results.filter(({ status }) => status === "fail");
    expect(failed.length).toBeGreaterThan(0);
  });
});

test("a failure names its step and the one before", async () => {
  const own = planConformance({ filter: ["op/relu/matrix/**"] });
  const { cases: results } = await runConformance(own, { create: broken(stateFaults["wrong-from-run-2"]) });
  const failed = results.filter(({ status }) => status === "fail");
  expect(failed.length).toBeGreaterThan(0);
  for (const { reason } of failed) expect(reason).toMatch(/\(step \d+ of \d+: .+, after .+\)$/u);
});

test("histories pass on the reference", async () => {
  const own = planConformance({
    filter: ["op/conv2d/exact/**", "op/conv2d/matrix/**", "op/softmax/matrix/**", "op/prelu/**", "trap/**"],
  });
  const { cases: results } = await runConformance(own, { create: createBackend });
  expect(results.filter(({ status }) => status !== "pass")).toEqual([]);
});
