import { runOracle } from "@isoconv/backend-reference";
import { exposeValues, opNames, shapesOf } from "@isoconv/core-spec";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fillNetwork, tapsOf } from "@isoconv/judge";
import { assemble } from "./assemble.js";
import { drafts, type Draft } from "./draft.js";
import { LARGEST_LIMIT } from "./limit.js";
import { elementCountOf } from "./small.js";

const sample = (numRuns: number): readonly Draft[] => fc.sample(drafts(), { seed: 7, numRuns });
/** Whether a node is one of the drawn ones, not one that computes a weight. */
const isDrawn = ({ name }: { readonly name: string }): boolean => name.startsWith("n");
const stepsOf = ({ before, after }: Draft): number => before.length + 1 + after.length;

describe("assemble", () => {
  it.each(opNames)("nearly always makes a graph of at most 6 nodes with %s", (op) => {
    const draws = sample(60);
    const graphs = draws.flatMap((draft) => assemble(draft, op, opNames)?.graph ?? []);
    expect(graphs.length).toBeGreaterThanOrEqual(0.95 * draws.length);
    for (const { nodes } of graphs) {
      expect(nodes.some((node) => node.op === op)).toBe(true);
      expect(nodes.filter(isDrawn).length).toBeLessThanOrEqual(6);
    }
  });

  it("skips few of the drawn nodes", () => {
    const draws = sample(400);
    const made = draws.map((draft) => assemble(draft, "relu", opNames)?.graph.nodes.filter(isDrawn).length ?? 0);
    const drawn = draws.map(stepsOf);
    const sum = (list: readonly number[]): number => list.reduce((total, count) => total + count, 0);
    expect(sum(made) / sum(drawn)).toBeGreaterThan(0.95);
  });

  it("makes every operation, batches of both kinds, branches that join, several inputs and outputs, dead nodes", () => {
    const graphs = sample(400).flatMap((draft) => assemble(draft, "any", opNames)?.graph ?? []);
    expect(new Set(graphs.flatMap(({ nodes }) => nodes.map(({ op }) => op))).size).toBe(opNames.length);
    const share = (holds: (graph: (typeof graphs)[number]) => boolean): number =>
      graphs.filter(holds).length / graphs.length;
    const usedNodes = ({ nodes, outputs }: (typeof graphs)[number]): ReadonlySet<unknown> =>
      new Set([...nodes.flatMap(({ inputs }) => Object.values(inputs).flat()), ...outputs.map(({ value }) => value)]);
    expect(share(({ inputs }) => inputs.some(({ shape }) => shape[0] === "N"))).toBeGreaterThan(0.3);
    expect(share(({ inputs }) => inputs.some(({ shape }) => shape[0] === 2))).toBeGreaterThan(0.1);
    expect(share(({ inputs }) => inputs.length > 1)).toBeGreaterThan(0.1);
    expect(share(({ outputs }) => outputs.length > 1)).toBeGreaterThan(0.1);
    expect(share((graph) => graph.nodes.some(({ name }) => !usedNodes(graph).has(name)))).toBeGreaterThan(0.05);
    const joins = share(({ nodes }) =>
      nodes.some((node) => {
        const operands = new Set([Object.values(node.inputs)].flat(2));
        const others = nodes
          .filter(({ name }) => name !== node.name)
          .flatMap(({ inputs }) => Object.values(inputs).flat());
        const known = [...operands].filter((name) => nodes.some((each) => each.name === name) || others.includes(name));
        return ["add", "mul", "concat"].includes(node.op) && known.length > 1;
      }),
    );
    expect(joins).toBeGreaterThan(0.05);
  });

  it("makes weights that are shared, fed or computed, values read often, and inputs that are outputs", () => {
    const graphs = sample(400).flatMap((draft) => assemble(draft, "any", opNames)?.graph ?? []);
    const share = (holds: (graph: (typeof graphs)[number]) => boolean): number =>
      graphs.filter(holds).length / graphs.length;
    const readers = ({ nodes }: (typeof graphs)[number], name: string): number =>
      nodes.filter(({ inputs }) => Object.values(inputs).flat().includes(name)).length;
    expect(share((graph) => graph.parameters.some(({ name }) => readers(graph, name) > 1))).toBeGreaterThan(0.01);
    expect(share(({ inputs }) => inputs.some(({ name }) => !name.startsWith("x")))).toBeGreaterThan(0.05);
    expect(share(({ nodes }) => !nodes.every(isDrawn))).toBeGreaterThan(0.05);
    expect(share((graph) => graph.nodes.some(({ name }) => readers(graph, name) > 2))).toBeGreaterThan(0.01);
    expect(
      share(({ inputs, outputs }) => inputs.some(({ name }) => outputs.some(({ value }) => value === name))),
    ).toBeGreaterThan(0.1);
  });

  it("makes graphs of many nodes", () => {
    const graphs = fc
      .sample(drafts(40), { seed: 7, numRuns: 20 })
      .flatMap((draft) => assemble(draft, "any", opNames)?.graph ?? []);
    const counts = graphs.map(({ nodes }) => nodes.filter(isDrawn).length);
    expect(Math.min(...counts)).toBeGreaterThan(12);
    expect(Math.max(...counts)).toBeGreaterThan(32);
    expect(Math.max(...counts)).toBeLessThanOrEqual(40);
  });

  it("keeps tensors small and their values far from overflow", async () => {
    for (const draft of sample(150)) {
      const network = assemble(draft, "any", opNames);
      if (network === undefined) continue;
      for (const shape of shapesOf(network.graph).values()) expect(elementCountOf(shape)).toBeLessThanOrEqual(700);
      const { graph, parameters, feeds } = fillNetwork(network, { arithmetic: "f32" });
      const results = await runOracle(exposeValues(graph, tapsOf(graph)), parameters, feeds);
      for (const { value } of Object.values(results)) {
        expect(value.every((element) => Math.abs(element) <= LARGEST_LIMIT)).toBe(true);
      }
    }
  });

  it("makes the same graph from the same draft", () => {
    for (const draft of sample(20)) expect(assemble(draft, "any", opNames)).toEqual(assemble(draft, "any", opNames));
  });

  it("makes one node on one element from the simplest draft", () => {
    const simplest: Draft = { batch: 0, seed: 0, before: [], focus: [], middle: 0, after: [], endings: [], passed: 0 };
    expect(assemble(simplest, "relu", opNames)?.graph).toMatchObject({
      inputs: [{ shape: [1, 1] }],
      nodes: [{ op: "relu" }],
      outputs: [{ value: "n1" }],
    });
  });
});
