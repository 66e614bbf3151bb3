import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  array,
  counting,
  innerProduct,
  largestDifference,
  magnitudes,
  random,
  values,
} from "../arrays.test.support.js";
import { evaluateOracle } from "../evaluate-oracle.js";
import type { OracleArray } from "../oracle-array.js";
import { anyConvolution, unlessRefused, type Convolution } from "./convolutions.test.support.js";
import { convolveByMatrix } from "./im2col.test.support.js";

describe("convTranspose2d", () => {
  test("is the adjoint of conv2d: ⟨conv(x), y⟩ = ⟨x, convT(y)⟩", () => {
    fc.assert(
      fc.property(anyConvolution, (c) => {
        const { strides, dilations, pads, groups, size, kernel } = c;
        const x = random("x", [c.batch, groups * c.channelsPerGroup, ...size]);
        const w = random("w", [groups * c.filtersPerGroup, c.channelsPerGroup, ...kernel]);
        const image = unlessRefused(() => evaluateOracle("conv2d", { x, w }, { strides, dilations, pads, groups }));
        const y = random("y", image.shape);
        const outputPads = [0, 1].map((axis) => {
          const reach = dilations[axis] * (kernel[axis] - 1) + 1;
          return size[axis] + pads[axis] + pads[axis + 2] - (image.shape[axis + 2] - 1) * strides[axis] - reach;
        });
        const back = evaluateOracle(
          "convTranspose2d",
          { x: y, w },
          { strides, dilations, pads, groups, outputPads: [outputPads[0], outputPads[1]] },
        );
        expect(back.shape).toEqual(x.shape);
        const scale = image.magnitude!.reduce((a, b) => a + b, 1);
        expect(Math.abs(innerProduct(image, y) - innerProduct(x, back))).toBeLessThan(1e-14 * scale);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  test("is a convolution of the input with zeros inserted, by the flipped kernel", () => {
    fc.assert(
      fc.property(anyConvolution, (c) => {
        const { strides, dilations, groups, size, kernel } = c;
        const x = random("x", [c.batch, groups * c.channelsPerGroup, ...size]);
        const w = random("w", [groups * c.channelsPerGroup, c.filtersPerGroup, ...kernel]);
        const y = evaluateOracle("convTranspose2d", { x, w }, { strides, dilations, groups });
        const [high, wide] = [dilations[0] * (kernel[0] - 1), dilations[1] * (kernel[1] - 1)];
        const expected = convolveByMatrix(insertZeros(x, strides), flipped(w, c), {
          strides: [1, 1],
          dilations,
          groups,
          pads: [high, wide, high, wide],
        });
        expect(y.shape).toEqual(expected.shape);
        expect(largestDifference(y.value, expected.value, y.magnitude!)).toBeLessThan(1e-14);
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  test("by hand: overlapping patches add up", () => {
    const y = evaluateOracle("convTranspose2d", { x: array([1, 1, 1, 2], [1, -10]), w: counting([1, 1, 1, 3]) }, {});
    expect(values(y)).toEqual([1, 2 - 10, 3 - 20, -30]);
    expect(magnitudes(y)).toEqual([1, 12, 23, 30]);
  });

  test("by hand: pads crop, outputPads extend by the bias alone", () => {
    const operands = { x: array([1, 1, 1, 2], [1, 2]), w: counting([1, 1, 1, 2]), bias: array([1], [-0.5]) };
    const y = evaluateOracle("convTranspose2d", operands, { strides: [1, 3], pads: [0, 1, 0, 0], outputPads: [0, 2] });
    expect(values(y)).toEqual([1.5, -0.5, 1.5, 3.5, -0.5, -0.5]);
    expect(magnitudes(y)).toEqual([2.5, 0.5, 2.5, 4.5, 0.5, 0.5]);
  });

  test("NaN in a filter reaches only the elements it contributes to", () => {
    const operands = { x: array([1, 1, 1, 2], [1, 1]), w: array([1, 1, 1, 2], [1, Number.NaN]) };
    expect(values(evaluateOracle("convTranspose2d", operands, { strides: [1, 2] }))).toEqual([1, NaN, 1, NaN]);
  });

  test("an empty batch gives an empty result", () => {
    const y = evaluateOracle("convTranspose2d", { x: counting([0, 2, 3, 3]), w: counting([2, 4, 2, 2]) }, {});
    expect(y.shape).toEqual([0, 4, 4, 4]);
    expect(y.value).toHaveLength(0);
  });
});

/** `x` with stride − 1 zeros between neighbours. */
function insertZeros({ shape, value }: OracleArray, strides: readonly [number, number]): OracleArray {
  const [batch, channels, height, width] = shape;
  const [tall, wide] = [(height - 1) * strides[0] + 1, (width - 1) * strides[1] + 1];
  const result = new Float64Array(batch * channels * tall * wide);
  for (const [k, element] of value.entries()) {
    const [row, column] = [Math.floor(k / width), k % width];
    const plane = Math.floor(row / height);
    result[(plane * tall + (row % height) * strides[0]) * wide + column * strides[1]] = element;
  }
  return { shape: [batch, channels, tall, wide], value: result };
}

/** Filters [I, O/groups, kH, kW] rotated by 180° and reordered as conv2d's [O, I/groups, kH, kW]. */
function flipped(w: OracleArray, { groups, channelsPerGroup, filtersPerGroup, kernel }: Convolution): OracleArray {
  const taps = kernel[0] * kernel[1];
  const result: number[] = [];
  for (let o = 0; o < groups * filtersPerGroup; o += 1) {
    const group = Math.floor(o / filtersPerGroup);
    for (let c = 0; c < channelsPerGroup; c += 1) {
      const start = ((group * channelsPerGroup + c) * filtersPerGroup + (o % filtersPerGroup)) * taps;
      result.push(...w.value.slice(start, start + taps).toReversed());
    }
  }
  return array([groups * filtersPerGroup, channelsPerGroup, ...kernel], result);
}
