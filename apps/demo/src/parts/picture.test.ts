import { float32 } from "@isoconv/core-spec";
import { expect, test } from "vitest";
import { toImage, toPicture } from "./picture.js";

const pixels = (...bytes: readonly number[]) => ({
  width: bytes.length / 4,
  height: 1,
  data: Uint8ClampedArray.from(bytes),
});

test("colours become one plane for each channel, each byte / 255", () => {
  const image = toImage(pixels(255, 0, 51, 255, 0, 102, 0, 255), 3);
  expect(image.shape).toEqual([1, 3, 1, 2]);
  expect([...image.data]).toEqual([1, 0, 0, 102 / 255, 51 / 255, 0].map(Math.fround));
});

test("one channel is the luminance that Pillow computes", () => {
  const brightness = [...toImage(pixels(255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255), 1).data];
  expect(brightness.map((value) => Math.round(value * 255))).toEqual([76, 150, 29]);
});

test("every grey of one channel is restored exactly", () => {
  const greys = float32(
    [1, 1, 16, 16],
    Float32Array.from({ length: 256 }, (_, byte) => byte / 255),
  );
  expect(toImage(toPicture(greys), 1)).toEqual(greys);
});

test("an inverted image has white for black", () => {
  expect([...toImage(pixels(0, 0, 0, 255), 1, true).data]).toEqual([1]);
});
