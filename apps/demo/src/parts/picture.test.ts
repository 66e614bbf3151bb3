import { float32 } from "@isoconv/core-spec";
import { expect, test } from "vitest";
import { normalisePicture, preprocess } from "@isoconv/vision";
import { pretrainedFor } from "@isoconv/zoo";
import { fitPicture, forCanvas, thumbnailOf, toImage, toPicture, withMode } from "./picture.js";

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

/** A picture whose bytes differ. */
const drawn = (width: number, height: number) =>
  forCanvas({
    mode: "RGB",
    width,
    height,
    data: Uint8Array.from({ length: width * height * 3 }, (_, index) => (index * 31 + (index >> 5)) & 255),
  });

test("the input of published weights has the bits of vision's preprocess, by way of the picture that is shown", () => {
  const [weights] = pretrainedFor("mobilenet_v2");
  if (weights === undefined) throw new Error("no published weights");
  const { preprocessing } = weights;
  const picture = drawn(301, 233);
  const shown = toImage(fitPicture(picture, { width: 224, height: 224 }, preprocessing), 3);
  const input = normalisePicture(withMode(toPicture(shown)), preprocessing);
  expect(input).toEqual(preprocess(withMode(picture), preprocessing));
});

test("a preprocessing is scaled to another size of the network", () => {
  const [weights] = pretrainedFor("mobilenet_v2");
  const fitted = fitPicture(drawn(100, 80), { width: 64, height: 64 }, weights?.preprocessing);
  expect(fitted).toMatchObject({ width: 64, height: 64 });
});

test("without a preprocessing the largest centred part is taken, so that it fills the network's input", () => {
  const picture = { ...drawn(4, 2), data: Uint8ClampedArray.from({ length: 32 }, (_, index) => (index >> 2) % 4) };
  // Columns 1 and 2 of 4.
  expect([...toImage(fitPicture(picture, { width: 2, height: 2 }), 3).data].slice(0, 4)).toEqual(
    [1, 2, 1, 2].map((byte) => Math.fround(byte / 255)),
  );
  // Extents whose quotients are rounded.
  for (let extent = 1; extent < 60; extent += 1) {
    const size = { width: 28, height: 1 + (extent % 29) };
    expect(fitPicture(drawn(extent, 60 - extent), size)).toMatchObject(size);
  }
});

test("a photo is shown no larger than asked", () => {
  expect(thumbnailOf(drawn(100, 30), 50)).toMatchObject({ width: 50, height: 15 });
  const small = drawn(10, 30);
  expect(thumbnailOf(small, 50)).toBe(small);
});
