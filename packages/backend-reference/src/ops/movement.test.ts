import { describe, expect, test } from "vitest";
import { array, counting, values } from "../arrays.test.support.js";
import { evaluateOracle } from "../evaluate-oracle.js";

const special = array([2, 1, 1, 2], [-0, Number.NaN, Infinity, -Infinity]);

describe("movements copy every bit", () => {
  test.for([
    ["reshape", evaluateOracle("reshape", { x: special }, { shape: [4] })],
    ["flatten", evaluateOracle("flatten", { x: special }, {})],
    ["dropout", evaluateOracle("dropout", { x: special }, {})],
    ["transpose", evaluateOracle("transpose", { x: special }, { permutation: [0, 1, 2, 3] })],
    ["slice", evaluateOracle("slice", { x: special }, { starts: [0], ends: [2] })],
    ["concat", evaluateOracle("concat", { xs: [special] }, { axis: 0 })],
    ["pad2d", evaluateOracle("pad2d", { x: special }, { pads: [0, 0, 0, 0] })],
    ["upsample", evaluateOracle("upsample", { x: special }, { scales: [1, 1] })],
  ] as const)("%s", ([, y]) => {
    expect(values(y)).toEqual([-0, NaN, Infinity, -Infinity]);
    expect(y.value.buffer).not.toBe(special.value.buffer);
    expect(y.magnitude).toBeUndefined();
  });
});

test("flatten merges from any axis on, in row-major order", () => {
  const y = evaluateOracle("flatten", { x: counting([2, 3, 2, 2]) }, { axis: 2 });
  expect(y).toEqual({ shape: [2, 3, 4], value: counting([24]).value });
});

test("transpose reorders axes", () => {
  const y = evaluateOracle("transpose", { x: counting([2, 3]) }, { permutation: [1, 0] });
  expect(y.shape).toEqual([3, 2]);
  expect(values(y)).toEqual([1, 4, 2, 5, 3, 6]);
  const z = evaluateOracle("transpose", { x: counting([2, 1, 3]) }, { permutation: [2, 0, 1] });
  expect(z.shape).toEqual([3, 2, 1]);
  expect(values(z)).toEqual([1, 4, 2, 5, 3, 6]);
});

test("slice along the first axes, or along the named ones", () => {
  const x = counting([3, 4]);
  expect(values(evaluateOracle("slice", { x }, { starts: [1, 2], ends: [3, 3] }))).toEqual([7, 11]);
  expect(values(evaluateOracle("slice", { x }, { starts: [3, 0], ends: [4, 2], axes: [1, 0] }))).toEqual([4, 8]);
});

describe("concat", () => {
  test("along the first and the last axis", () => {
    const [a, b] = [counting([2, 2]), array([2, 1], [-1, -2])];
    expect(values(evaluateOracle("concat", { xs: [a, b] }, { axis: 1 }))).toEqual([1, 2, -1, 3, 4, -2]);
    expect(values(evaluateOracle("concat", { xs: [a, a] }, { axis: 0 }))).toEqual([1, 2, 3, 4, 1, 2, 3, 4]);
  });

  test("operands may be empty", () => {
    const [a, none] = [counting([2, 2]), counting([2, 0])];
    expect(values(evaluateOracle("concat", { xs: [none, a, none] }, { axis: 1 }))).toEqual([1, 2, 3, 4]);
    expect(evaluateOracle("concat", { xs: [none, none] }, { axis: 1 }).shape).toEqual([2, 0]);
    expect(evaluateOracle("concat", { xs: [counting([0, 3]), counting([0, 1])] }, { axis: 1 }).shape).toEqual([0, 4]);
  });
});

test("pad2d: top, left, bottom, right, and any constant", () => {
  const y = evaluateOracle("pad2d", { x: counting([1, 1, 1, 2]) }, { pads: [1, 0, 0, 2], value: -Infinity });
  expect(y.shape).toEqual([1, 1, 2, 4]);
  const [inf, one, two] = [-Infinity, 1, 2];
  expect(values(y)).toEqual([inf, inf, inf, inf, one, two, inf, inf]);
});

test("upsample repeats rows and columns, each by its own factor", () => {
  const y = evaluateOracle("upsample", { x: counting([1, 2, 1, 2]) }, { scales: [2, 3] });
  expect(y.shape).toEqual([1, 2, 2, 6]);
  expect(values(y)).toEqual([1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 3, 3, 3, 4, 4, 4]);
});
