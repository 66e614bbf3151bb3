import { createBackend } from "@isoconv/backend-reference";
import { everyOp, IsoconvError, type Backend, type Graph, type Node } from "@isoconv/core-spec";
import { describe, expect, it } from "vitest";
import { budgets } from "../../plan/budget.js";
import type { PropertyCase } from "../../plan/case.js";
import { profiles } from "../../plan/profile.js";
import type { RunContext } from "../family.js";
import { contextOf, faultyBackend, wrongWhere } from "../faulty-backend.test.support.js";
import { property } from "./property.js";

const planned = property.plan({
  profile: profiles.inference,
  budget: "quick",
  limits: budgets.quick,
  seed: 1,
  wants: () => true,
});

function caseOf(id: string, runs: number): PropertyCase {
  const found = planned.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no case ${id}`);
  return { ...found, runs };
}

/** Graphs of a few operations only: which are drawn, and where shrinking stops, must not change with every new operation. */
function contextOfFew(backend: Backend): RunContext {
  const { conv2d, maxPool2d, relu, concat, add } = backend.capabilities.ops;
  const others = everyOp({ unsupported: "left out", issue: "https://example.org/1" });
  const context = contextOf(backend);
  const ops = { ...others, conv2d, maxPool2d, relu, concat, add };
  return { ...context, capabilities: { ...context.capabilities, ops } };
}

const isStrided = (node: Node): boolean => node.op === "conv2d" && node.attrs.strides[0] === 2;

/** The counterexample's graph. */
function counterexample(judgement: Awaited<ReturnType<typeof property.run>>): Graph {
  if (judgement.counterexample === undefined) throw new Error(judgement.reason ?? "it passed");
  return judgement.counterexample.graph;
}

describe("the property family", () => {
  it("plans a case for every operation and some of mixed operations, as plain data", () => {
    expect(planned).toHaveLength(profiles.inference.ops.length + 6 + 2);
    expect(new Set(planned.map(({ id }) => id)).size).toBe(planned.length);
    expect(new Set(planned.map(({ seed }) => seed)).size).toBe(planned.length);
    expect(structuredClone(planned)).toEqual(planned);
  });

  it("finds nothing wrong with the reference", async () => {
    await using backend = await createBackend();
    const context = contextOf(backend);
    for (const each of planned)
      expect({ id: each.id, ...(await property.run(each, context)) }).toMatchObject({ passed: true });
  });

  it("shrinks a wrong stride to one convolution with that stride and little else", async () => {
    await using backend = await wrongWhere(isStrided);
    const judgement = await property.run(caseOf("op/conv2d/property/graphs", 30), contextOfFew(backend));
    const { nodes, inputs, outputs } = counterexample(judgement);
    expect(nodes).toMatchObject([{ op: "conv2d", attrs: { strides: [2, 1], groups: 1, dilations: [1, 1] } }]);
    expect(inputs).toMatchObject([{ shape: [1, 1, 1, 1] }]);
    expect(outputs).toHaveLength(1);
    expect(judgement.reason).toMatch(
      /^"n1" \(conv2d\): outside its bound .* in input x1: 1×1×1×1; .* strides=\[2, 1\]/,
    );
    expect(judgement.reason).not.toContain("\n");
  });

  it("reports the worst element of the shrunk graph, not of the drawn one", async () => {
    await using backend = await wrongWhere(isStrided);
    const judgement = await property.run(caseOf("op/conv2d/property/graphs", 30), contextOfFew(backend));
    const { nodes } = counterexample(judgement);
    expect(judgement.shares.map(({ op }) => op)).toEqual(["conv2d"]);
    const [{ share, worst }] = judgement.shares;
    expect(share).toBeGreaterThan(1);
    expect(worst).toMatchObject({ value: nodes[0].name, index: [0, 0, 0, 0] });
    expect(judgement.reason).toContain(`expected ${worst?.expected} ± ${worst?.bound}, got ${worst?.got}`);
  });

  it("shrinks a fault of an operation in a mixed graph to one node", async () => {
    await using backend = await wrongWhere(({ op }) => op === "tanh");
    const { nodes } = counterexample(await property.run(caseOf("graph/property/1", 100), contextOf(backend)));
    expect(nodes).toMatchObject([{ op: "tanh" }]);
  });

  it("shrinks a fault that takes two nodes to two", async () => {
    await using backend = await wrongWhere((node) => node.op === "add" && node.inputs.a.startsWith("n"));
    const { nodes } = counterexample(await property.run(caseOf("op/add/property/graphs", 30), contextOf(backend)));
    expect(nodes).toHaveLength(2);
  });

  it("finds the same failure each time, and from the path of its replay alone", async () => {
    await using backend = await wrongWhere(isStrided);
    const testCase = caseOf("op/conv2d/property/graphs", 30);
    const judgement = await property.run(testCase, contextOf(backend));
    expect(await property.run(testCase, contextOf(backend))).toEqual(judgement);
    const again = await property.run({ ...testCase, ...judgement.replay }, contextOf(backend));
    expect(again).toMatchObject({ passed: false, reason: judgement.reason, counterexample: judgement.counterexample });
  });

  it("replays to a pass if the backend is corrected", async () => {
    await using backend = await wrongWhere(isStrided);
    const testCase = caseOf("op/conv2d/property/graphs", 30);
    const { replay } = await property.run(testCase, contextOf(backend));
    await using mended = await createBackend();
    expect(await property.run({ ...testCase, ...replay }, contextOf(mended))).toMatchObject({ passed: true });
  });

  it("counts errors of the backend as failures of the graph, and rethrows others", async () => {
    const testCase = caseOf("op/relu/property/graphs", 3);
    const thrown = new IsoconvError("EXECUTION_FAILED", { what: "the runtime gave up" });
    await using failing = await faultyBackend({ compile: () => Promise.reject(thrown) });
    const judgement = await property.run(testCase, contextOf(failing));
    expect(judgement.reason).toContain("the runtime gave up");
    expect(counterexample(judgement).nodes).toHaveLength(1);
    await using broken = await faultyBackend({ compile: () => Promise.reject(new TypeError("a defect")) });
    await expect(property.run(testCase, contextOf(broken))).rejects.toThrow("a defect");
  });

  it("draws only operations that the backend supports", async () => {
    const seen = new Set<string>();
    await using backend = await wrongWhere(({ op }) => seen.add(op) === undefined);
    const ops = { ...backend.capabilities.ops, conv2d: { unsupported: "not yet", issue: "https://example.org/1" } };
    const context = contextOf(backend);
    await property.run(caseOf("graph/property/1", 60), { ...context, capabilities: { ...context.capabilities, ops } });
    expect(seen.size).toBeGreaterThan(20);
    expect(seen).not.toContain("conv2d");
  });
});
