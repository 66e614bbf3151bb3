import { float32 } from "@isoconv/core-spec";
import { expect, it } from "vitest";
import { getTensor } from "./get-tensor.js";
import { errorOf } from "./raw-file.test.support.js";
import { readSafetensors } from "./read-safetensors.js";
import { reshapeTensor } from "./reshape-tensor.js";
import { writeSafetensors } from "./write-safetensors.js";

const bytes = writeSafetensors({ "fc.weight": float32([2, 3, 1], [1, 2, 3, 4, 5, 6]) });
const tensor = getTensor(readSafetensors(bytes), "fc.weight");

it("reshapeTensor keeps name, elements and their memory", () => {
  const reshaped = reshapeTensor(tensor, [2, 3]);
  expect(reshaped.name).toBe("fc.weight");
  expect(reshaped.toFloat32()).toEqual(float32([2, 3], [1, 2, 3, 4, 5, 6]));
  expect(reshaped.bytes().buffer).toBe(bytes.buffer);
});

it("reshapeTensor refuses a shape of another number of elements", () => {
  expect(errorOf(() => reshapeTensor(tensor, [2, 2])).message).toBe(
    'INVALID_WEIGHTS: header["fc.weight"]: the shape takes another number of elements; expected as many as 2×3×1, got "2×2"',
  );
});
