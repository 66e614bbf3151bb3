import { expect, it } from "vitest";
import { cropCentre } from "./crop-picture.js";
import type { Picture } from "./picture.js";

/** A row whose bytes count from 1. */
const row = (width: number): Picture => ({
  mode: "L",
  width,
  height: 1,
  data: Uint8Array.from({ length: width }, (_, x) => x + 1),
});

// Starts of torchvision's center_crop: int(round((extent − size) / 2)).
it.each([
  [7, 4, 3],
  [5, 4, 1],
  [9, 4, 3],
  [6, 4, 2],
  [4, 4, 1],
])("of %i pixels, %i start at the %ith: halves round to even", (extent, size, first) => {
  const { data } = cropCentre(row(extent), { width: size, height: 1 });
  expect([...data]).toEqual(Array.from({ length: size }, (_, x) => x + first));
});

it("a crop of 224 of 341 pixels starts at 58", () => {
  const wide = { ...row(341), data: Uint8Array.from({ length: 341 }, (_, x) => x % 256) };
  expect(cropCentre(wide, { width: 224, height: 1 }).data[0]).toBe(58);
});

it("a smaller picture is framed in black, the odd line at its right and its bottom", () => {
  expect([...cropCentre(row(2), { width: 5, height: 2 }).data]).toEqual([0, 1, 2, 0, 0, 0, 0, 0, 0, 0]);
  expect([...cropCentre(row(6), { width: 4, height: 2 }).data]).toEqual([2, 3, 4, 5, 0, 0, 0, 0]);
});

it("bands stay together", () => {
  const picture: Picture = { mode: "LA", width: 3, height: 1, data: Uint8Array.of(1, 2, 3, 4, 5, 6) };
  expect([...cropCentre(picture, { width: 1, height: 1 }).data]).toEqual([3, 4]);
});

it("refuses a size without pixels", () => {
  expect(() => cropCentre(row(3), { width: 0, height: 1 })).toThrow(/^INVALID_SHAPE: size\.width/);
});
