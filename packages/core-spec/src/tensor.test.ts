import { expect, test } from "vitest";
import { refusal } from "./op-cases.test.support.js";
import { float32 } from "./tensor.js";

test("a tensor is zeros, or the array it is given, not a copy", () => {
  expect(float32([2, 2]).data).toEqual(new Float32Array(4));
  const data = new Float32Array([1, 2]);
  expect(float32([2], data).data).toBe(data);
  expect(float32([], [7])).toEqual({ dtype: "float32", shape: [], data: new Float32Array([7]) });
  expect(float32([0, 3]).data).toHaveLength(0);
});

test("numbers are rounded to float32", () => {
  expect(float32([1], [0.1]).data[0]).toBe(Math.fround(0.1));
});

test("the shape is a copy", () => {
  const shape = [2];
  const tensor = float32(shape);
  shape[0] = 3;
  expect(tensor.shape).toEqual([2]);
});

test.each([
  ["data of another length", [2], [1], undefined],
  ["a fraction", [1.5], undefined, "shape[0]"],
  ["a negative extent", [2, -1], undefined, "shape[1]"],
  ["NaN", [NaN], undefined, "shape[0]"],
  ["more elements than an array holds", [2 ** 31, 2 ** 31], undefined, "shape"],
])("%s is refused", (_what, shape, data, path) => {
  expect(refusal(() => float32(shape, data))).toEqual({ code: "INVALID_SHAPE", path });
});
