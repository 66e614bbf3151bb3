import { uniform, type Parameters } from "@isoconv/core-spec";
import { describe, expect, it } from "vitest";
import { constantSpec, parameterSpec, type ParameterOptions, type ParameterSpec } from "../parameter.js";
import { initParameters } from "./init-parameters.js";
import { constant } from "./initializer.js";
import { kaimingNormal, kaimingUniform } from "./kaiming.js";
import { schemes, type SchemeName } from "./scheme.js";
import { xavierNormal, xavierUniform } from "./xavier.js";

const weight = parameterSpec("conv.weight", { shape: [64, 16, 3, 3], kind: "weight" });
const specs: readonly ParameterSpec[] = [
  weight,
  parameterSpec("conv.bias", { shape: [64], kind: "bias", fanIn: 144 }),
  parameterSpec("bn.weight", { shape: [64], kind: "scale" }),
  parameterSpec("bn.bias", { shape: [64], kind: "shift" }),
  parameterSpec("bn.running_mean", { shape: [64], kind: "runningMean" }),
  parameterSpec("bn.running_var", { shape: [64], kind: "runningVar" }),
];

function valuesOf(parameters: Parameters, name: string): readonly number[] {
  return [...(parameters[name]?.data ?? [])];
}

/** Expects every value within the range, and values near both of its ends. */
function expectFills(values: Iterable<number>, low: number, high: number): void {
  const list = [...values];
  const margin = 0.1 * (high - low);
  expect(Math.min(...list)).toBeGreaterThanOrEqual(Math.fround(low));
  expect(Math.max(...list)).toBeLessThanOrEqual(Math.fround(high));
  expect(Math.min(...list)).toBeLessThan(low + margin);
  expect(Math.max(...list)).toBeGreaterThan(high - margin);
}

function expectDeviation(values: Float32Array, deviation: number): void {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  expect(Math.abs(mean)).toBeLessThan(0.05 * deviation);
  expect(Math.sqrt(variance) / deviation).toBeCloseTo(1, 1);
}

describe("initParameters", () => {
  it("follows PyTorch's constructors by default", () => {
    const parameters = initParameters(specs, { seed: 7 });
    expect(Object.keys(parameters)).toEqual(specs.map(({ name }) => name));
    expect(parameters["conv.weight"]?.shape).toEqual([64, 16, 3, 3]);
    expectFills(valuesOf(parameters, "conv.weight"), -1 / 12, 1 / 12);
    expectFills(valuesOf(parameters, "conv.bias"), -1 / 12, 1 / 12);
    expect(new Set(valuesOf(parameters, "bn.weight"))).toEqual(new Set([1]));
    expect(new Set(valuesOf(parameters, "bn.bias"))).toEqual(new Set([0]));
    expect(new Set(valuesOf(parameters, "bn.running_mean"))).toEqual(new Set([0]));
    expect(new Set(valuesOf(parameters, "bn.running_var"))).toEqual(new Set([1]));
  });

  it("starts where the layer says, and draws the conformance scheme all the same", () => {
    const slope = [parameterSpec("weight", { shape: [3], kind: "scale", initial: 0.25 })];
    expect(valuesOf(initParameters(slope, { seed: 7 }), "weight")).toEqual([0.25, 0.25, 0.25]);
    expectFills(
      valuesOf(
        initParameters([parameterSpec("w", { shape: [99], kind: "scale", initial: 0.25 })], {
          seed: 1,
          scheme: "conformance",
        }),
        "w",
      ),
      0.5,
      1.5,
    );
  });

  it("refuses a start that is no number", () => {
    const options = { shape: [3], kind: "scale", initial: { init: 0.5 } } as unknown as ParameterOptions;
    expect(() => parameterSpec("w", options)).toThrow(/INVALID_ATTRIBUTE: "w" initial/);
  });

  it("draws the conformance scheme exactly as the goldens' generator does", () => {
    const parameters = initParameters(specs, { seed: 1, scheme: "conformance" });
    const bound = Math.sqrt(6 / 144);
    const drawn = (name: string, count: number, low: number, high: number) => [...uniform(1, name, count, low, high)];
    expect(valuesOf(parameters, "conv.weight")).toEqual(drawn("conv.weight", 9216, -bound, bound));
    expect(valuesOf(parameters, "conv.bias")).toEqual(drawn("conv.bias", 64, -0.1, 0.1));
    expect(valuesOf(parameters, "bn.weight")).toEqual(drawn("bn.weight", 64, 0.5, 1.5));
    expect(valuesOf(parameters, "bn.bias")).toEqual(drawn("bn.bias", 64, -0.1, 0.1));
    expect(valuesOf(parameters, "bn.running_mean")).toEqual(drawn("bn.running_mean", 64, -0.1, 0.1));
    expect(valuesOf(parameters, "bn.running_var")).toEqual(drawn("bn.running_var", 64, 0.5, 1.5));
  });

  it("depends on seed and name only", () => {
    const whole = initParameters(specs, { seed: 3 });
    const alone = initParameters(specs.slice(1, 2), { seed: 3 });
    expect(alone["conv.bias"]).toEqual(whole["conv.bias"]);
    expect(initParameters(specs, { seed: 4 })["conv.bias"]).not.toEqual(whole["conv.bias"]);
    const renamed = initParameters([parameterSpec("fc.bias", { shape: [64], kind: "bias", fanIn: 144 })], { seed: 3 });
    expect(renamed["fc.bias"]?.data).not.toEqual(whole["conv.bias"]?.data);
  });

  it.each(Object.keys(schemes) as SchemeName[])("gives constants the network's value under %s", (scheme) => {
    const constants = [constantSpec("scale", { shape: [2, 1], value: [0.1, -3] })];
    const { scale } = initParameters(constants, { seed: 1, scheme });
    expect(scale).toEqual({ dtype: "float32", shape: [2, 1], data: Float32Array.of(0.1, -3) });
  });

  it("puts centers at random corners of the cube", () => {
    const centers = parameterSpec("output.centers", { shape: [10, 84], kind: "center" });
    expect(centers.trainable).toBe(false);
    const values = valuesOf(initParameters([centers], { seed: 1 }), "output.centers");
    expect(new Set(values)).toEqual(new Set([-1, 1]));
    expect(Math.abs(values.reduce((sum, value) => sum + value, 0))).toBeLessThan(84);
  });

  it("accepts a custom scheme", () => {
    const parameters = initParameters(specs, { seed: 1, scheme: { ...schemes.pytorch, bias: constant(0.5) } });
    expect(new Set(valuesOf(parameters, "conv.bias"))).toEqual(new Set([0.5]));
  });

  it("refuses a bad seed and an unknown scheme", () => {
    expect(() => initParameters(specs, { seed: 2 ** 32 })).toThrow(/INVALID_ATTRIBUTE: seed/);
    expect(() => initParameters(specs, { seed: -1 })).toThrow(/INVALID_ATTRIBUTE: seed/);
    expect(() => initParameters(specs, { seed: 1, scheme: "he" as never })).toThrow(
      /INVALID_ATTRIBUTE: scheme: no such scheme; expected pytorch, kaimingUniform,.*got "he"/,
    );
  });
});

describe("initialisers", () => {
  it("kaiming", () => {
    expectFills(kaimingUniform()(weight, 1), -Math.sqrt(6 / 144), Math.sqrt(6 / 144));
    expectFills(kaimingUniform({ a: 2 })(weight, 1), -Math.sqrt(6 / 720), Math.sqrt(6 / 720));
    expectDeviation(kaimingNormal()(weight, 1), Math.sqrt(2 / 144));
    expectDeviation(kaimingNormal({ mode: "fanOut" })(weight, 1), Math.sqrt(2 / 576));
  });

  it("xavier", () => {
    expectFills(xavierUniform()(weight, 1), -Math.sqrt(6 / 720), Math.sqrt(6 / 720));
    expectDeviation(xavierNormal({ gain: 2 })(weight, 1), 2 * Math.sqrt(2 / 720));
    const matrix = parameterSpec("fc.weight", { shape: [100, 50], kind: "weight" });
    expectFills(xavierUniform()(matrix, 1), -0.2, 0.2);
  });
});
