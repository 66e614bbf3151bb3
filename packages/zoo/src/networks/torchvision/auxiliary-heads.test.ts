import { shapesOf } from "@isoconv/core-spec";
import { parameterCount, trace } from "@isoconv/nn";
import { describe, expect, it } from "vitest";
import { findModel } from "../../create-model.js";

describe.each([
  { name: "googlenet", parameters: 13_004_888, tensors: 364, before: "inception5b", behind: "fc" },
  { name: "inception_v3", parameters: 27_161_264, tensors: 580, before: "Mixed_6e", behind: "Mixed_7a" },
])("$name with auxiliary heads", ({ name, parameters, tensors, before, behind }) => {
  const definition = findModel(name);
  const { defaults, variants, auxiliaryHeads = [] } = definition;
  const traced = trace(definition.build({ ...defaults, auxiliary: true }), {
    name,
    input: { shape: ["N", 3, defaults.height, defaults.width] },
  });
  const modules = traced.parameters.map((spec) => spec.name.split(".")[0]);

  it("has the parameters and tensors of torchvision's file", () => {
    expect(variants).toContain("auxiliary");
    expect(parameterCount(traced.parameters)).toBe(parameters);
    const norms = traced.parameters.filter(({ kind }) => kind === "runningMean").length;
    expect(traced.parameters.length + norms).toBe(tensors);
  });

  it("has them in the file's order", () => {
    const order = [...new Set(modules)];
    const first = order.indexOf(auxiliaryHeads[0]);
    expect(order.slice(first - 1, first + auxiliaryHeads.length + 1)).toEqual([before, ...auxiliaryHeads, behind]);
  });

  it("scores every class in each head, whose result no other node reads", () => {
    const shapes = shapesOf(traced.graph);
    expect(auxiliaryHeads.length).toBeGreaterThan(0);
    for (const head of auxiliaryHeads) {
      const value = traced.modules.get(head) ?? "";
      expect(shapes.get(value)).toEqual(["N", defaults.classes]);
      expect(traced.graph.nodes.some(({ inputs }) => Object.values(inputs).includes(value))).toBe(false);
    }
  });
});
