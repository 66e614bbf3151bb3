import { describe, expect, test } from "vitest";
import { array, counting, magnitudes, random, values } from "../arrays.test.support.js";
import { evaluateOracle } from "../evaluate-oracle.js";

describe("maxPool2d", () => {
  test("by hand, with stride and dilation", () => {
    const x = counting([1, 1, 4, 4]);
    expect(values(evaluateOracle("maxPool2d", { x }, { kernel: [2, 2], strides: [2, 2] }))).toEqual([6, 8, 14, 16]);
    expect(values(evaluateOracle("maxPool2d", { x }, { kernel: [2, 2], dilations: [2, 3] }))).toEqual([12, 16]);
  });

  test("padding is never the maximum, even among negative elements", () => {
    const y = evaluateOracle("maxPool2d", { x: array([1, 1, 1, 1], [-3]) }, { kernel: [3, 3], pads: [1, 1, 1, 1] });
    expect(values(y)).toEqual([-3]);
  });

  test("NaN in a window gives NaN; ∞ is compared; a window of −∞ gives −∞", () => {
    const x = array([1, 1, 1, 6], [Number.NaN, 1, Infinity, -Infinity, -Infinity, 2]);
    expect(values(evaluateOracle("maxPool2d", { x }, { kernel: [1, 2] }))).toEqual([
      NaN,
      Infinity,
      Infinity,
      -Infinity,
      2,
    ]);
  });

  test("has no magnitude", () => {
    expect(evaluateOracle("maxPool2d", { x: counting([1, 1, 1, 1]) }, { kernel: [1, 1] }).magnitude).toBeUndefined();
  });
});

describe("average pools", () => {
  test("avgPool2d does not count padding", () => {
    const x = array([1, 1, 1, 3], [1, -2, 6]);
    const y = evaluateOracle("avgPool2d", { x }, { kernel: [2, 2], pads: [1, 1, 0, 0] });
    expect(values(y)).toEqual([1, -0.5, 2]);
    expect(magnitudes(y)).toEqual([1, 1.5, 4]);
  });

  test("globalAvgPool2d averages each channel", () => {
    const y = evaluateOracle("globalAvgPool2d", { x: array([1, 2, 1, 2], [1, -3, 10, 20]) }, {});
    expect(y.shape).toEqual([1, 2, 1, 1]);
    expect(values(y)).toEqual([-1, 15]);
    expect(magnitudes(y)).toEqual([2, 15]);
  });

  test("adaptiveAvgPool2d: windows of 5 to 3 overlap, 2 to 3 repeat", () => {
    const shrunk = evaluateOracle("adaptiveAvgPool2d", { x: counting([1, 1, 1, 5]) }, { outputSize: [1, 3] });
    expect(values(shrunk)).toEqual([1.5, 3, 4.5]);
    const grown = evaluateOracle("adaptiveAvgPool2d", { x: array([1, 1, 1, 2], [1, -3]) }, { outputSize: [1, 3] });
    expect(values(grown)).toEqual([1, -1, -3]);
    expect(magnitudes(grown)).toEqual([1, 2, 3]);
  });

  test("four operations that average a whole image agree", () => {
    const x = random("x", [2, 3, 5, 4]);
    const expected = evaluateOracle("globalAvgPool2d", { x }, {});
    expect(evaluateOracle("avgPool2d", { x }, { kernel: [5, 4] })).toEqual(expected);
    expect(evaluateOracle("adaptiveAvgPool2d", { x }, { outputSize: [1, 1] })).toEqual(expected);
    expect(evaluateOracle("mean", { x }, { axes: [2, 3], keepDims: true })).toEqual(expected);
  });

  test("mean over non-adjacent axes, in any order", () => {
    const y = evaluateOracle("mean", { x: array([2, 2, 2], [1, -2, 3, 4, 5, 6, 7, -8]) }, { axes: [2, 0] });
    expect(y.shape).toEqual([2]);
    expect(values(y)).toEqual([2.5, 1.5]);
    expect(magnitudes(y)).toEqual([3.5, 5.5]);
  });
});

test.for(["maxPool2d", "avgPool2d"] as const)("%s of an empty batch is empty", (op) => {
  expect(evaluateOracle(op, { x: counting([0, 2, 4, 4]) }, { kernel: [2, 2] }).shape).toEqual([0, 2, 3, 3]);
});
