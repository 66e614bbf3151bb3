import { expect, it } from "vitest";
import { pauseAfter, retryAfter } from "./download-policy.js";

it("pauses double, up to half a minute, and are spread by a quarter", () => {
  for (const [failures, expected] of [
    [1, 500],
    [2, 1000],
    [4, 4000],
    [20, 30_000],
  ] as const) {
    const pause = pauseAfter(failures, 500);
    expect(pause).toBeGreaterThanOrEqual(0.75 * expected);
    expect(pause).toBeLessThanOrEqual(1.25 * expected);
  }
});

it.each([
  [null, undefined],
  ["7", 7000],
  ["Thu, 01 Jan 1970 00:00:09 GMT", 8000],
  ["Thu, 01 Jan 1970 00:00:00 GMT", 0],
  ["soon", undefined],
])("a server that says Retry-After %j asks to wait %j ms", (header, milliseconds) => {
  expect(retryAfter(header, 1000)).toBe(milliseconds);
});
