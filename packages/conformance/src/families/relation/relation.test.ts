import { createBackend } from "@isoconv/backend-reference";
import { float32, type Backend, type Node } from "@isoconv/core-spec";
import { describe, expect, it } from "vitest";
import { budgets } from "../../plan/budget.js";
import { profiles } from "../../plan/profile.js";
import { contextOf, faultyBackend, wrongWhere } from "../faulty-backend.test.support.js";
import { relation } from "./relation.js";
import { relations, type RelationName } from "./relations.js";

const planned = relation.plan({
  profile: profiles.inference,
  budget: "quick",
  limits: budgets.quick,
  seed: 1,
  wants: () => true,
});

/** Whether a backend fails any case of a relation. */
async function breaks(name: RelationName, backend: Backend): Promise<boolean> {
  await using faulty = backend;
  const context = contextOf(faulty);
  for (const each of planned) {
    if (each.relation === name && !(await relation.run(each, context)).passed) return true;
  }
  return false;
}

const isConvolution = (holds: (node: Node & { op: "conv2d" }) => boolean) => (node: Node) =>
  node.op === "conv2d" && holds(node);

describe("the relation family", () => {
  it("plans every relation on at least one network, as plain data with unique ids", () => {
    expect(new Set(planned.map((each) => each.relation))).toEqual(new Set(Object.keys(relations)));
    expect(new Set(planned.map(({ id }) => id)).size).toBe(planned.length);
    expect(structuredClone(planned)).toEqual(planned);
  });

  it("holds for the reference with any seed", async () => {
    for (const seed of [1, 2, 3]) {
      await using backend = await createBackend();
      const cases = relation.plan({
        profile: profiles.inference,
        budget: "quick",
        limits: budgets.quick,
        seed,
        wants: () => true,
      });
      for (const each of cases) {
        expect({ id: each.id, ...(await relation.run(each, contextOf(backend))) }).toMatchObject({ passed: true });
      }
    }
  });

  it.each<[RelationName, (node: Node) => boolean]>([
    ["groups", isConvolution(({ attrs }) => attrs.groups > 1)],
    ["dilation", isConvolution(({ attrs }) => attrs.dilations[0] > 1)],
    ["pads", isConvolution(({ attrs }) => attrs.pads[0] > 0)],
    ["strides", isConvolution(({ attrs }) => attrs.strides[0] > 1)],
    ["affine", ({ op }) => op === "batchNorm"],
    ["as-convolution", ({ op }) => op === "linear"],
    ["undone", ({ op }) => op === "concat"],
    ["neutral", ({ op }) => op === "lrn"],
    ["same-movement", ({ op }) => op === "flatten"],
    ["same-function", ({ op }) => op === "silu"],
    ["symmetry", ({ op }) => op === "tanh"],
    ["scaling", ({ op }) => op === "leakyRelu"],
    ["commuted", ({ op, inputs }) => op === "add" && "a" in inputs && inputs.a === "a"],
    ["swapped-axes", ({ attrs }) => "strides" in attrs && attrs.strides[0] > attrs.strides[1]],
  ])("%s does not hold where a wrong operation meets a right one", async (name, isWrong) => {
    expect(await breaks(name, await wrongWhere(isWrong))).toBe(true);
  });

  it.each(["batch-permutation", "batch-of-singles"] as const)(
    "%s does not hold where only the first item is right",
    async (name) => {
      const lazy = await faultyBackend({
        spoil: (results) => {
          for (const { shape, data } of Object.values(results)) data.fill(0, data.length / Math.max(1, shape[0] ?? 1));
        },
      });
      expect(await breaks(name, lazy)).toBe(true);
    },
  );

  it("fails if a pass changes the result", async () => {
    const eager = await faultyBackend({
      compile: (compile, graph, parameters, options) => {
        if (options?.passes !== undefined || graph.nodes.every(({ op }) => op !== "batchNorm")) {
          return compile(graph, parameters, options);
        }
        const shifted = Object.entries(parameters).map(([name, tensor]) => {
          const isOffset = name === "offset" && tensor.dtype === "float32";
          return [name, isOffset ? { ...tensor, data: tensor.data.map((element) => element + 0.01) } : tensor] as const;
        });
        return compile(graph, Object.fromEntries(shifted), options);
      },
    });
    expect(await breaks("optimised", eager)).toBe(true);
  });

  it("fails if a pass changes the results of an equation", async () => {
    const eager = await faultyBackend({
      compile: async (compile, graph, parameters, options) => {
        const executable = await compile(graph, parameters, options);
        if (options?.passes !== undefined) return executable;
        const run: typeof executable.run = async (feeds, runOptions) => {
          const results = await executable.run(feeds, runOptions);
          results["left"]?.data.fill(7);
          return results;
        };
        return { ...executable, run, dispose: () => executable.dispose() };
      },
    });
    expect(await breaks("same-function", eager)).toBe(true);
  });

  it("names the output, the element and both values of a failure, in one line", async () => {
    await using backend = await wrongWhere(({ op }) => op === "silu");
    const silu = planned.find(({ id }) => id === "op/silu/relation/same-function/sigmoid")!;
    const { reason } = await relation.run(silu, contextOf(backend));
    expect(reason).toMatch(/^Two formulas .* Output "y": outside its bound at \[.*\]: expected .* got .*/);
    expect(reason).not.toContain("\n");
  });

  it("fails a backend that returns another shape", async () => {
    await using backend = await faultyBackend({
      spoil: (results) => void Object.assign(results, { y: float32([1], [0]) }),
    });
    const tanh = planned.find(({ id }) => id === "op/tanh/relation/batch-permutation/n3")!;
    await expect(relation.run(tanh, contextOf(backend))).rejects.toThrow(/^EXECUTION_FAILED: .*wrong shape/);
  });
});
