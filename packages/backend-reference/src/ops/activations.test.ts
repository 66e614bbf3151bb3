import { expect, test } from "vitest";
import { array, magnitudes, near, values } from "../arrays.test.support.js";
import { evaluateOracle } from "../evaluate-oracle.js";

const x = array([8], [-Infinity, -6, -1, 0, 1, 6, Infinity, Number.NaN]);
const e = Math.E;

test.for([
  ["relu", {}, [0, 0, 0, 0, 1, 6, Infinity, NaN]],
  ["leakyRelu", { slope: 0.5 }, [-Infinity, -3, -0.5, 0, 1, 6, Infinity, NaN]],
  ["elu", { alpha: 2 }, [-2, 2 * (e ** -6 - 1), 2 * (1 / e - 1), 0, 1, 6, Infinity, NaN]],
  ["clip", { min: -2, max: 0.5 }, [-2, -2, -1, 0, 0.5, 0.5, 0.5, NaN]],
  ["clip", {}, [-Infinity, -6, -1, 0, 1, 6, Infinity, NaN]],
  ["sigmoid", {}, [0, 1 / (1 + e ** 6), 1 / (1 + e), 0.5, e / (1 + e), 1 / (1 + e ** -6), 1, NaN]],
  ["hardSigmoid", {}, [0, 0, 1 / 3, 0.5, 2 / 3, 1, 1, NaN]],
  [
    "tanh",
    {},
    [-1, -(1 - e ** -12) / (1 + e ** -12), -0.7615941559557649, 0, 0.7615941559557649, Math.tanh(6), 1, NaN],
  ],
] as const)("%s of negative, zero, positive and special values", ([op, attrs, expected]) => {
  const y = evaluateOracle(op, { x }, attrs);
  expect(values(y)).toEqual(near(expected));
});

test.for([
  ["silu", [-6 / (1 + e ** 6), -1 / (1 + e), 0, e / (1 + e), 6 / (1 + e ** -6)], [6, 1, 0, 1, 6]],
  ["hardSwish", [0, -1 / 3, 0, 2 / 3, 6], [6, 2 / 3, 0, 2 / 3, 6]],
  ["hardSigmoid", [0, 1 / 3, 0.5, 2 / 3, 1], [1, 2 / 3, 0.5, 2 / 3, 1]],
  [
    "gelu",
    [-6 * 9.865876450376946e-10, -0.15865525393145707, 0, 0.8413447460685429, 6 - 6 * 9.865876450376946e-10],
    [6, 1, 0, 1, 6],
  ],
] as const)("%s and its magnitude", ([op, expected, expectedMagnitudes]) => {
  const y = evaluateOracle(op, { x: array([5], [-6, -1, 0, 1, 6]) }, {});
  expect(values(y)).toEqual(near(expected));
  expect(magnitudes(y)).toEqual(near(expectedMagnitudes));
});

test.for(["silu", "hardSwish", "gelu"] as const)("%s keeps NaN and grows without limit", (op) => {
  expect(values(evaluateOracle(op, { x: array([2], [Number.NaN, Infinity]) }, {}))).toEqual([NaN, Infinity]);
});

test("prelu takes the slope of the channel, axis 1, or the only one", () => {
  const y = evaluateOracle(
    "prelu",
    { x: array([2, 2, 2], [-1, 2, -1, -2, 3, -4, 0, -1]), slope: array([2], [0.5, -3]) },
    {},
  );
  expect(values(y)).toEqual([-0.5, 2, 3, 6, 3, -2, 0, 3]);
  expect(values(evaluateOracle("prelu", { x, slope: array([1], [0.5]) }, {}))).toEqual([
    -Infinity,
    -3,
    -0.5,
    0,
    1,
    6,
    Infinity,
    NaN,
  ]);
});
