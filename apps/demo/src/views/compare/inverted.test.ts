import { float32 } from "@isoconv/core-spec";
import { expect, test } from "vitest";
import { toImage, toPicture } from "../../parts/picture.js";
import { inverted } from "./inverted.js";

test("a batch is inverted like a single image", () => {
  const image = float32([1, 1, 1, 3], [0, 51 / 255, 1]);
  const one = toImage(toPicture(image), 1, true);
  const { shape, data } = inverted(image);
  expect(shape).toEqual(one.shape);
  for (const [index, value] of data.entries()) expect(value).toBeCloseTo(one.data[index], 6);
});
