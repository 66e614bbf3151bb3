import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { array, counting, largestDifference, magnitudes, random, values } from "../arrays.test.support.js";
import { evaluateOracle } from "../evaluate-oracle.js";
import { anyConvolution, unlessRefused } from "./convolutions.test.support.js";
import { convolveByMatrix } from "./im2col.test.support.js";

describe("conv2d", () => {
  test("agrees with padding, im2col and a matrix product for any attributes", () => {
    fc.assert(
      fc.property(anyConvolution, (c) => {
        const x = random("x", [c.batch, c.groups * c.channelsPerGroup, ...c.size]);
        const w = random("w", [c.groups * c.filtersPerGroup, c.channelsPerGroup, ...c.kernel]);
        const { strides, dilations, pads, groups } = c;
        const y = unlessRefused(() => evaluateOracle("conv2d", { x, w }, { strides, dilations, pads, groups }));
        const expected = convolveByMatrix(x, w, c);
        expect(y.shape).toEqual(expected.shape);
        expect(largestDifference(y.value, expected.value, y.magnitude!)).toBeLessThan(1e-14);
        const absolute = (a: typeof x) => ({ ...a, value: a.value.map(Math.abs) });
        const magnitude = convolveByMatrix(absolute(x), absolute(w), c).value;
        expect(largestDifference(y.magnitude!, magnitude, magnitude)).toBeLessThan(1e-14);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  test("by hand: a 2×2 kernel over a 3×3 image", () => {
    const y = evaluateOracle("conv2d", { x: counting([1, 1, 3, 3]), w: array([1, 1, 2, 2], [1, -1, 0, 2]) }, {});
    expect(y.shape).toEqual([1, 1, 2, 2]);
    expect(values(y)).toEqual([9, 11, 15, 17]);
    expect(magnitudes(y)).toEqual([13, 17, 25, 29]);
  });

  test("by hand: pads are top, left, bottom, right", () => {
    const x = array([1, 1, 1, 1], [5]);
    const w = counting([1, 1, 2, 2]);
    expect(values(evaluateOracle("conv2d", { x, w }, { pads: [1, 0, 0, 1] }))).toEqual([15]);
    expect(values(evaluateOracle("conv2d", { x, w }, { pads: [0, 1, 1, 0] }))).toEqual([10]);
  });

  test("by hand: output channels of a group see that group's input channels", () => {
    const x = array([1, 2, 1, 1], [10, 100]);
    const w = array([4, 1, 1, 1], [1, 2, 3, 4]);
    expect(values(evaluateOracle("conv2d", { x, w }, { groups: 2 }))).toEqual([10, 20, 300, 400]);
  });

  test("the bias is added to value and magnitude", () => {
    const operands = { x: array([1, 1, 1, 2], [3, -4]), w: array([1, 1, 1, 1], [2]), bias: array([1], [-1]) };
    const y = evaluateOracle("conv2d", operands, {});
    expect(values(y)).toEqual([5, -9]);
    expect(magnitudes(y)).toEqual([7, 9]);
  });

  test.for([
    ["none", [-2, 3, 7]],
    ["relu", [0, 3, 7]],
    ["relu6", [0, 3, 6]],
  ] as const)("activation %s changes the value but not the magnitude", ([activation, expected]) => {
    const y = evaluateOracle(
      "conv2d",
      { x: array([1, 1, 1, 3], [-2, 3, 7]), w: array([1, 1, 1, 1], [1]) },
      { activation },
    );
    expect(values(y)).toEqual(expected);
    expect(magnitudes(y)).toEqual([2, 3, 7]);
  });

  test("NaN and ∞ reach only the windows that contain them", () => {
    const x = array([1, 1, 1, 5], [Number.NaN, 1, 1, Infinity, -Infinity]);
    const y = evaluateOracle("conv2d", { x, w: array([1, 1, 1, 2], [1, 1]) }, { activation: "relu" });
    expect(values(y)).toEqual([Number.NaN, 2, Infinity, Number.NaN]);
  });

  test("an empty batch gives an empty result", () => {
    const y = evaluateOracle("conv2d", { x: counting([0, 2, 5, 5]), w: counting([3, 2, 3, 3]) }, {});
    expect(y).toEqual({ shape: [0, 3, 3, 3], value: new Float64Array(0), magnitude: new Float64Array(0) });
  });
});
