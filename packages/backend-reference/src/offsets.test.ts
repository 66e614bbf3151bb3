import { expect, test } from "vitest";
import { linesAlong } from "./lines.js";
import { offsetsOf, stridesOf } from "./offsets.js";

test("strides are row-major", () => {
  expect(stridesOf([2, 3, 4])).toEqual([12, 4, 1]);
  expect(stridesOf([])).toEqual([]);
});

test("offsets of a box come in row-major order of its indices", () => {
  expect([...offsetsOf([2, 3], [10, 1])]).toEqual([0, 1, 2, 10, 11, 12]);
  expect([...offsetsOf([3, 2], [1, 10])]).toEqual([0, 10, 1, 11, 2, 12]);
  expect([...offsetsOf([2, 2], [0, 1])]).toEqual([0, 1, 0, 1]);
});

test("a scalar has one element, an empty box has zero", () => {
  expect([...offsetsOf([], [])]).toEqual([0]);
  expect([...offsetsOf([2, 0, 3], [1, 1, 1])]).toEqual([]);
});

test("lines along axes cover a tensor", () => {
  const { starts, steps } = linesAlong([2, 3, 2], [2, 0]);
  expect([...starts]).toEqual([0, 2, 4]);
  expect([...steps]).toEqual([0, 1, 6, 7]);
});
