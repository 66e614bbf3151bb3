import { expect, test } from "vitest";
import { array, counting, magnitudes, values } from "../arrays.test.support.js";
import { evaluateOracle } from "../evaluate-oracle.js";

test("linear by hand: the weight is (out, in)", () => {
  const y = evaluateOracle(
    "linear",
    { x: array([1, 2], [1, -10]), w: counting([3, 2]), bias: array([3], [0, 0, -7]) },
    {},
  );
  expect(y.shape).toEqual([1, 3]);
  expect(values(y)).toEqual([1 - 20, 3 - 40, 5 - 60 - 7]);
  expect(magnitudes(y)).toEqual([21, 43, 72]);
});

test("linear acts on the last axis of any rank", () => {
  const y = evaluateOracle("linear", { x: counting([2, 1, 2]), w: array([1, 2], [1, 100]) }, {});
  expect(y.shape).toEqual([2, 1, 1]);
  expect(values(y)).toEqual([201, 403]);
});

test.for([
  ["none", [-2, 3, 7]],
  ["relu", [0, 3, 7]],
  ["relu6", [0, 3, 6]],
] as const)("linear with activation %s", ([activation, expected]) => {
  const y = evaluateOracle("linear", { x: array([3, 1], [-2, 3, 7]), w: array([1, 1], [1]) }, { activation });
  expect(values(y)).toEqual(expected);
  expect(magnitudes(y)).toEqual([2, 3, 7]);
});

test("linear of an empty batch is empty", () => {
  expect(evaluateOracle("linear", { x: counting([0, 2]), w: counting([3, 2]) }, {}).shape).toEqual([0, 3]);
});
