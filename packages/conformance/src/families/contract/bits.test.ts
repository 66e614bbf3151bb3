import { float32 } from "@isoconv/core-spec";
import { expect, test } from "vitest";
import { changeSince, snapshot } from "./bits.js";

test("a snapshot finds the first changed element, −0 and NaN included", () => {
  const x = float32([3], [0, 1, Number.NaN]);
  const before = snapshot({ x });
  expect(changeSince(before, { x })).toBe("unchanged");
  x.data[0] = -0;
  expect(changeSince(before, { x })).toBe('"x"[0] changed to -0');
  expect(changeSince(before, {})).toBe('"x" is gone');
  expect(changeSince(before, { x: float32([1]) })).toBe('"x" has 1 elements instead of 3');
});

test("a NaN has no sign and no payload, and is still a change", () => {
  const before = snapshot({ x: float32([2], [Number.NaN, 1]) });
  const negative = new Float32Array(Uint32Array.of(0xffc00001, 0x3f800000).buffer);
  expect(changeSince(before, { x: float32([2], negative) })).toBe("unchanged");
  expect(changeSince(before, { x: float32([2], [Number.NaN, Number.NaN]) })).toBe('"x"[1] changed to NaN');
});

test("a result may be a view into a larger buffer", () => {
  const data = new Float32Array([9, 1, 2]).subarray(1);
  expect(changeSince(snapshot({ x: float32([2], [1, 2]) }), { x: float32([2], data) })).toBe("unchanged");
});
