import { describe, expect, test } from "vitest";
import { array, counting, magnitudes, near, random, values } from "../arrays.test.support.js";
import { evaluateOracle } from "../evaluate-oracle.js";

describe("batchNorm", () => {
  const x = array([1, 2, 1, 2], [1, -3, 10, 20]);
  const statistics = { mean: array([2], [-1, 4]), variance: array([2], [3, 0]) };

  test("by hand", () => {
    const y = evaluateOracle("batchNorm", { x, ...statistics }, { epsilon: 1 });
    expect(values(y)).toEqual([1, -1, 6, 16]);
    expect(magnitudes(y)).toEqual([1, 2, 14, 24]);
  });

  test("scale and offset, each per channel", () => {
    const affine = { scale: array([2], [-2, 3]), offset: array([2], [0.5, -1]) };
    const y = evaluateOracle("batchNorm", { x, ...statistics, ...affine }, { epsilon: 1 });
    expect(values(y)).toEqual([-1.5, 2.5, 17, 47]);
    expect(magnitudes(y)).toEqual([2.5, 4.5, 43, 73]);
  });
});

describe("layerNorm", () => {
  const x = array([2, 4], [1, 3, 1, 3, -5, 7, 7, -5]);

  test("by hand", () => {
    const y = evaluateOracle("layerNorm", { x }, { axis: 1, epsilon: 3 });
    expect(values(y)).toEqual(
      near([-0.5, 0.5, -0.5, 0.5, ...[-1, 1, 1, -1].map((sign) => (6 * sign) / Math.sqrt(39))]),
    );
    expect(magnitudes(y).slice(0, 4)).toEqual(near([1.5, 2.5, 1.5, 2.5]));
  });

  test("scale and offset, each per element of the axis", () => {
    const affine = { scale: array([2], [-2, 3]), offset: array([2], [0.5, -1]) };
    const y = evaluateOracle("layerNorm", { x: array([2, 2], [0, 4, 2, 0]), ...affine }, { axis: 0, epsilon: 3 });
    // Columns of mean 1 and 2, variance 1 and 4.
    expect(values(y)).toEqual(near([1.5, 0.5 - 4 / Math.sqrt(7), 0.5, -1 - 6 / Math.sqrt(7)]));
    expect(magnitudes(y)).toEqual(near([1.5, 0.5 + 12 / Math.sqrt(7), 5.5, 1 + 6 / Math.sqrt(7)]));
  });

  test("of an image's channels is that of its pixels", () => {
    const image = random("x", [2, 5, 3, 4], -3, 3);
    const pixels = evaluateOracle("transpose", { x: image }, { permutation: [0, 2, 3, 1] });
    const last = evaluateOracle("layerNorm", { x: pixels }, { axis: 3, epsilon: 1e-5 });
    const expected = evaluateOracle("transpose", { x: last }, { permutation: [0, 3, 1, 2] });
    expect(values(evaluateOracle("layerNorm", { x: image }, { axis: 1, epsilon: 1e-5 }))).toEqual(values(expected));
  });

  test("a constant line gives its offset; NaN affects only its line", () => {
    const y = evaluateOracle(
      "layerNorm",
      { x: array([2, 2], [7, 7, 1, Number.NaN]), offset: array([2], [4, -4]) },
      { axis: 1, epsilon: 1e-5 },
    );
    expect(values(y)).toEqual([4, -4, NaN, NaN]);
  });

  test("the mean may be far from zero", () => {
    const y = evaluateOracle("layerNorm", { x: array([1, 2], [1e6 - 1, 1e6 + 1]) }, { axis: 1, epsilon: 1 });
    expect(values(y)).toEqual(near([-Math.SQRT1_2, Math.SQRT1_2]));
  });
});

test("a variance near zero gives a large partial result", () => {
  const y = evaluateOracle("layerNorm", { x: array([2, 2], [3, 3, 1, -5]) }, { axis: 1, epsilon: 2 ** -20 });
  expect([...y.partial!]).toEqual([2 ** 20, 2 ** 20, 18, 18]);
  const operands = { x: array([1, 1], [1]), mean: array([1], [1]), variance: array([1], [0]) };
  expect([...evaluateOracle("batchNorm", operands, { epsilon: 2 ** -4 }).partial!]).toEqual([16]);
});

test("the partial result of a scaled and divided difference does not depend on which comes first", () => {
  const operands = { x: array([1, 2], [5, 5]), mean: array([2], [1, 1]), variance: array([2], [15, 15]) };
  const scale = array([2], [8, 0.125]);
  const { partial } = evaluateOracle("batchNorm", { ...operands, scale }, { epsilon: 1 });
  expect([...partial!]).toEqual([48, 6]);
});

describe("lrn", () => {
  const x = array([1, 4, 1, 1], [1, -2, 3, 4]);

  test("by hand: alpha is divided by the size, an even window extends further upwards", () => {
    const y = evaluateOracle("lrn", { x }, { size: 2, alpha: 2, beta: 1, bias: 1 });
    expect(values(y)).toEqual([1 / 6, -2 / 14, 3 / 26, 4 / 17]);
  });

  test("the magnitude includes the sum over every channel up to the window's end", () => {
    const y = evaluateOracle("lrn", { x }, { size: 2, alpha: 2, beta: 1, bias: 1 });
    const sums = [5, 14, 30, 30];
    const bases = [6, 14, 26, 17];
    const expected = values(y).map((value, c) => Math.abs(value) * (sums[c] / bases[c] + Math.log(bases[c])));
    expect(magnitudes(y)).toEqual(near(expected));
    expect([...y.partial!]).toEqual([6, 14, 30, 30]);
  });

  test("a beta of 0 leaves the input", () => {
    expect(values(evaluateOracle("lrn", { x }, { size: 3, beta: 0 }))).toEqual(values(x));
  });
});

describe("softmax", () => {
  test("by hand", () => {
    const y = evaluateOracle("softmax", { x: array([1, 2], [0, Math.log(3)]) }, { axis: 1 });
    expect(values(y)).toEqual(near([0.25, 0.75]));
    expect(magnitudes(y)).toEqual(near([0.25 * Math.log(3), 0]));
  });

  test("of equal elements is uniform along any axis", () => {
    const x = array([2, 3], [7, 7, 7, 7, 7, 7]);
    expect(values(evaluateOracle("softmax", { x }, { axis: 0 }))).toEqual(Array(6).fill(0.5));
    expect(values(evaluateOracle("softmax", { x }, { axis: 1 }))).toEqual(Array(6).fill(1 / 3));
  });

  test("±1e4 neither overflow nor give NaN", () => {
    const y = evaluateOracle("softmax", { x: array([1, 3], [1e4, -1e4, 1e4]) }, { axis: 1 });
    expect(values(y)).toEqual([0.5, 0, 0.5]);
    expect(magnitudes(y)).toEqual([0, 0, 0]);
  });

  test("an element of −∞ gets 0, with magnitude 0; NaN affects only its line", () => {
    const x = array([2, 2], [0, -Infinity, 0, Number.NaN]);
    const y = evaluateOracle("softmax", { x }, { axis: 1 });
    expect(values(y)).toEqual([1, 0, NaN, NaN]);
    expect(magnitudes(y).slice(0, 2)).toEqual([0, 0]);
  });
});

describe("logSoftmax", () => {
  test("is the logarithm of softmax", () => {
    const x = random("x", [3, 4, 5], -8, 8);
    const expected = values(evaluateOracle("softmax", { x }, { axis: 1 })).map((value) => Math.log(value));
    const y = evaluateOracle("logSoftmax", { x }, { axis: 1 });
    expect(values(y)).toEqual(near(expected, 13));
  });

  test("stays on the logarithmic scale; the magnitude is the size of the terms", () => {
    const y = evaluateOracle("logSoftmax", { x: array([1, 2], [1e4, -1e4]) }, { axis: 1 });
    expect(values(y)).toEqual([0, -2e4]);
    expect(magnitudes(y)).toEqual([1, 2e4 + 1]);
  });
});

test.for(["softmax", "logSoftmax"] as const)("%s of an empty tensor is empty", (op) => {
  expect(evaluateOracle(op, { x: counting([0, 3]) }, { axis: 1 }).value).toHaveLength(0);
  expect(evaluateOracle(op, { x: counting([3, 0]) }, { axis: 1 }).value).toHaveLength(0);
});

test("layerNorm of an empty tensor is empty", () => {
  for (const shape of [
    [0, 3],
    [3, 0],
  ]) {
    expect(evaluateOracle("layerNorm", { x: counting(shape) }, { axis: 1, epsilon: 1 }).value).toHaveLength(0);
  }
});
