import { expect, test } from "vitest";
import { array, counting, magnitudes, values } from "../arrays.test.support.js";
import { evaluateOracle } from "../evaluate-oracle.js";

test("add and its magnitude", () => {
  const y = evaluateOracle("add", { a: array([3], [1, -2, 3]), b: array([3], [-1, -5, 0.5]) }, {});
  expect(values(y)).toEqual([0, -7, 3.5]);
  expect(magnitudes(y)).toEqual([2, 7, 3.5]);
});

test("mul and its magnitude", () => {
  const y = evaluateOracle("mul", { a: array([3], [1, -2, 3]), b: array([3], [-1, -5, 0.5]) }, {});
  expect(values(y)).toEqual([-1, 10, 1.5]);
  expect(magnitudes(y)).toEqual([1, 10, 1.5]);
});

test("both operands broadcast, aligned at their last axes", () => {
  const y = evaluateOracle("add", { a: counting([2, 1, 2]), b: array([3, 1], [10, 20, 30]) }, {});
  expect(y.shape).toEqual([2, 3, 2]);
  expect(values(y)).toEqual([11, 12, 21, 22, 31, 32, 13, 14, 23, 24, 33, 34]);
});

test("a scalar and an empty tensor", () => {
  expect(values(evaluateOracle("mul", { a: counting([3]), b: array([], [2]) }, {}))).toEqual([2, 4, 6]);
  expect(evaluateOracle("add", { a: counting([0, 3]), b: counting([1, 3]) }, {}).shape).toEqual([0, 3]);
});

test("signs of zero follow IEEE 754", () => {
  expect(values(evaluateOracle("add", { a: array([2], [-0, -0]), b: array([2], [-0, 0]) }, {}))).toEqual([-0, 0]);
  expect(values(evaluateOracle("mul", { a: array([2], [-0, -0]), b: array([2], [2, -2]) }, {}))).toEqual([-0, 0]);
});
