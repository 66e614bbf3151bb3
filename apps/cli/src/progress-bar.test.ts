import { expect, it } from "vitest";
import { countBar } from "./progress-bar.js";

it("has the share, the count, the speed and the time that is left", () => {
  expect(countBar(0, 40, 0)).toBe(`${"─".repeat(24)} 0/40`);
  expect(countBar(10, 40, 5000)).toBe(`${"━".repeat(6)}${"─".repeat(18)} 10/40, 2.0 pictures/s, 15 s left`);
  expect(countBar(40, 40, 20_000)).toBe(`${"━".repeat(24)} 40/40, 2.0 pictures/s, 0 s left`);
});
