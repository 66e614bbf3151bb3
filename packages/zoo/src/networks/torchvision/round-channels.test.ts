import { expect, it } from "vitest";
import { roundChannels } from "./round-channels.js";

it.each([
  [1, 8],
  [11, 16], // 8 would remove more than a tenth.
  [12, 16],
  [18, 24],
  [32, 32],
  [35.2, 32], // EfficientNet-B2's stem
  [38.4, 40], // B3's
  [60, 64],
  [67, 64],
])("%d channels become %d", (channels, rounded) => {
  expect(roundChannels(channels)).toBe(rounded);
});
