import { float32, graphBuilder } from "@isoconv/core-spec";
import { initParameters } from "@isoconv/nn";
import { createModel } from "@isoconv/zoo";
import { describe, expect, it } from "vitest";
import { argmax, judgeEndToEnd, referenceResults } from "./end-to-end.js";

const f32 = { arithmetic: "f32", convAlgorithm: "direct" } as const;
const reference = { shape: [2, 3], value: Float64Array.of(1, 2, 4, 8, 2, 1), scale: 8, noiseFloor: 1e-3 };

describe("judgeEndToEnd", () => {
  it("measures the deviation relative to the largest value, against 8 noise floors", () => {
    const verdict = judgeEndToEnd(float32([2, 3], [1, 2, 4, 8, 2.0625, 1]), reference, f32);
    expect(verdict).toMatchObject({ agrees: true, deviation: 0.0625 / 8, bound: 8e-3, wrongTop1: [] });
    expect(verdict.share).toBeCloseTo(0.0625 / 8 / 8e-3, 12);
  });

  it("refuses a deviation beyond the bound, NaN, and a result of another size", () => {
    expect(judgeEndToEnd(float32([2, 3], [1, 2, 4, 8, 2.125, 1]), reference, f32).agrees).toBe(false);
    expect(judgeEndToEnd(float32([2, 3], [1, 2, 4, 8, Number.NaN, 1]), reference, f32).agrees).toBe(false);
    expect(judgeEndToEnd(float32([1, 3], [1, 2, 4]), reference, f32).agrees).toBe(false);
  });

  it("names rows whose top class differs, unless the margin is within the bound", () => {
    expect(judgeEndToEnd(float32([2, 3], [1, 5, 4, 8, 2, 1]), reference, f32).wrongTop1).toEqual([0]);
    const close = { ...reference, value: Float64Array.of(1, 3.99, 4, 8, 2, 1) };
    expect(judgeEndToEnd(float32([2, 3], [1, 4.001, 4, 8, 2, 1]), close, f32).wrongTop1).toEqual([]);
  });
});

describe("referenceResults", () => {
  it("finds the noise floor of LeNet near float32's unit roundoff, the same every time", async () => {
    const model = createModel("d2l/lenet");
    const parameters = initParameters(model.parameters, { seed: 1 });
    const feeds = {
      input: float32(
        [1, 1, 28, 28],
        Float32Array.from({ length: 784 }, (_, i) => (i % 29) / 29),
      ),
    };
    const first = (await referenceResults(model.graph, parameters, feeds)).get("logits");
    const second = (await referenceResults(model.graph, parameters, feeds)).get("logits");
    expect(first?.noiseFloor).toBeGreaterThan(2 ** -26);
    expect(first?.noiseFloor).toBeLessThan(2 ** -19);
    expect(second).toEqual(first);
  });

  it("refuses unknown options", async () => {
    const { graph, parameters } = createModel("d2l/lenet");
    const run = referenceResults(graph, initParameters(parameters, { seed: 1 }), {}, { tap: ["0"] } as never);
    await expect(run).rejects.toThrow(/^INVALID_ATTRIBUTE: referenceResults options.tap: .*Did you mean "taps"\?$/);
  });

  it("gives the outputs in the graph's order, and taps after them", async () => {
    const g = graphBuilder("net");
    const x = g.input("x", [1]);
    const r = g.relu({ x }, {}, "1");
    const graph = g.build([
      ["logits", r],
      ["0", x],
    ]);
    const references = await referenceResults(graph, {}, { x: float32([1], [3]) }, { taps: ["x", "1"] });
    expect([...references.keys()]).toEqual(["logits", "0", "x", "1"]);
  });
});

describe("argmax", () => {
  it("is the first of the largest, skips NaN, and is −1 if there is none", () => {
    expect(argmax([1, 3, 3])).toBe(1);
    expect(argmax([Number.NaN, 1, 2])).toBe(2);
    expect(argmax([])).toBe(-1);
    expect(argmax([Number.NaN])).toBe(-1);
  });
});
