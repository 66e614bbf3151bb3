import { float32 } from "@isoconv/core-spec";
import { expect, it } from "vitest";
import { getTensor } from "./get-tensor.js";
import { mapTensor } from "./map-tensor.js";
import { permuteTensor } from "./permute-tensor.js";
import { errorOf } from "./raw-file.test.support.js";
import { readSafetensors } from "./read-safetensors.js";
import { writeSafetensors } from "./write-safetensors.js";

const bytes = writeSafetensors({ a: float32([2, 3], [1, 2, 3, 4, 5, 6]) });
const tensor = getTensor(readSafetensors(bytes), "a");

it("permuteTensor puts the axes in another order", () => {
  const turned = permuteTensor(tensor, [1, 0]);
  expect([turned.name, turned.dtype, turned.byteLength]).toEqual(["a", "F32", 24]);
  expect(turned.toFloat32()).toEqual(float32([3, 2], [1, 4, 2, 5, 3, 6]));
  expect(permuteTensor(turned, [1, 0]).toFloat32()).toEqual(tensor.toFloat32());
  expect(permuteTensor(tensor, [0, 1]).bytes().buffer).toBe(bytes.buffer);
});

it.each([[[0]], [[0, 0]], [[0, 2]], [[0, 1, 2]]])("permuteTensor refuses the axes %j of a matrix", (axes) => {
  expect(errorOf(() => permuteTensor(tensor, axes)).message).toMatch(
    /^INVALID_WEIGHTS: header\["a"\]: its axes cannot be put in this order; expected each axis of 2×3 once, got/,
  );
});

it("mapTensor gives float32 values, rounded once", () => {
  const doubled = mapTensor(tensor, (value) => value / 3);
  expect(doubled.toFloat32()).toEqual(
    float32(
      [2, 3],
      [1, 2, 3, 4, 5, 6].map((value) => value / 3),
    ),
  );
  expect(doubled.byteLength).toBe(24);
});
