import { expect, it } from "vitest";
import { convertPicture } from "./convert-picture.js";
import { drawnPicture } from "./draws.test.support.js";
import { golden, sha256 } from "./goldens.test.support.js";
import type { PictureMode } from "./picture.js";

const conversions = golden("convert") as readonly {
  readonly from: PictureMode;
  readonly to: PictureMode;
  readonly sha256: string;
}[];

it.each(conversions)("$from becomes $to as in Pillow", ({ from, to, sha256: expected }) => {
  const converted = convertPicture(drawnPicture(`convert/${from}`, 61, 53, from), to);
  expect(converted).toMatchObject({ mode: to, width: 61, height: 53 });
  expect(sha256(converted.data)).toBe(expected);
});
