import { createBackend, runOracle } from "@isoconv/backend-reference";
import { opNames, type Backend } from "@isoconv/core-spec";
import { fillNetwork, Memo, ruleOf, tapsOf } from "@isoconv/judge";
import { describe, expect, it } from "vitest";
import type { AgreementCase } from "../../plan/case.js";
import { planConformance } from "../../plan/plan.js";
import { runConformance } from "../../run/run-conformance.js";
import { limitFaults } from "./limit-faults.test.support.js";
import { rewriteFaults } from "./rewrite-faults.test.support.js";

const planned = (budget: "quick" | "full"): readonly AgreementCase[] =>
  planConformance({ budget, filter: ["graph/**"] }).cases.flatMap((each) => (each.family === "graph" ? [each] : []));
const quick = planned("quick");

it("passes on the reference", async () => {
  const plan = planConformance({ filter: ["graph/*/**"] });
  const cases = plan.cases.filter(({ family }) => family === "graph");
  const report = await runConformance({ ...plan, cases }, { create: createBackend });
  expect(report.cases.filter(({ status }) => status !== "pass")).toEqual([]);
});

it("has unique ids, of which full has those of quick", () => {
  const ids = quick.map(({ id }) => id);
  const all = new Set(planned("full").map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !all.has(id))).toEqual([]);
  for (const id of all) expect(id).toMatch(/^[\w./:-]{1,200}$/);
});

it("uses every operation in motifs with every circumstance", () => {
  const used = new Set(quick.flatMap(({ ops }) => ops));
  expect(opNames.filter((op) => !used.has(op))).toEqual(["adaptiveAvgPool2d", "lrn"]);
  const variants = new Set(quick.filter(({ id }) => id.startsWith("graph/motif/")).map(({ id }) => id.split("/")[3]));
  expect(variants.size).toBe(9);
});

it("judges large graphs exactly, because bounds cost oracle runs for every node that rounds", () => {
  for (const { id, exactly, network } of planned("full")) {
    if (exactly) continue;
    const { graph, batch } = network;
    const rounding = graph.nodes.filter((node) => ruleOf(graph, node, batch).kind === "rounded");
    expect(rounding.length, id).toBeLessThanOrEqual(24);
  }
});

it("demands exact values of integers below 2¹¹ only, which half precision represents", async () => {
  for (const { id, exactly, network } of quick) {
    if (!exactly) continue;
    const { graph, parameters, feeds } = fillNetwork(network, { arithmetic: "f32" });
    const results = await runOracle(graph, parameters, feeds, { taps: tapsOf(graph) });
    for (const { value, magnitude } of Object.values(results)) {
      expect(value.every(Number.isInteger), id).toBe(true);
      expect(Math.max(0, ...value.map(Math.abs), ...magnitude), id).toBeLessThan(2 ** 11);
    }
  }
});

it("has deep graphs of the very depths", () => {
  const depths = quick.flatMap(({ id, network: { graph } }) =>
    id.startsWith("graph/deep/chain") ? [`${graph.nodes.length}`] : [],
  );
  expect(depths).toEqual(["8", "17", "33", "65", "129", "257"]);
});

it("draws other graphs for another seed", () => {
  const [other] = planConformance({ filter: ["graph/deep/chain-65"], seed: 2 }).cases;
  expect(other).not.toEqual(quick.find(({ id }) => id === "graph/deep/chain-65"));
});

/** The oracle's results, which are the same for every fault. */
const memo = new Memo();

describe.each([...limitFaults, ...rewriteFaults])("%s", (filter, faults) => {
  it.each(faults.map((fault) => [fault.name, fault] as const))("finds a backend that %s", async (_name, fault) => {
    const plan = planConformance({ filter: [filter] });
    const create = (): Promise<Backend> => fault.create();
    const { totals, verdict } = await runConformance(plan, { create, memo, stopAtFirstFailure: true });
    expect(totals.fail + totals.error).toBeGreaterThan(0);
    expect(verdict).toBe("nonconformant");
  });
});
