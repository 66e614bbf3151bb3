import { createBackend } from "@isoconv/backend-reference";
import { exact, float32, selection } from "@isoconv/core-spec";
import { describe, expect, it } from "vitest";
import { compareWithOracle } from "./agreement.js";

const { capabilities } = await createBackend();
const expected = { shape: [2, 3], value: Float64Array.of(1, 2, 3, 4, 5, 6), magnitude: new Float64Array(6) };

describe("compareWithOracle", () => {
  it("agrees on equal values", () => {
    expect(compareWithOracle(float32([2, 3], [1, 2, 3, 4, 5, 6]), expected, selection, capabilities)).toMatchObject({
      agrees: true,
      worstShare: 0,
    });
  });

  it("names the wrong element, the expected and the actual value", () => {
    const verdict = compareWithOracle(float32([2, 3], [1, 2, 3, 4, 9, 6]), expected, selection, capabilities);
    expect(verdict).toMatchObject({ agrees: false, worst: { index: [1, 1], expected: 5, got: 9 } });
    expect(verdict.reason).toBe("outside its bound at [1, 1]: expected 5 ± 0, got 9");
  });

  it("writes −0 with its sign, where the sign is all that is wrong", () => {
    const zeros = { shape: [2], value: Float64Array.of(0, -0), magnitude: new Float64Array(2) };
    const { reason } = compareWithOracle(float32([2], [0, 0]), zeros, exact, capabilities);
    expect(reason).toBe("outside its bound at [1]: expected -0 ± 0, got 0");
  });

  it("refuses another shape, even of the same size", () => {
    expect(compareWithOracle(float32([3, 2], [1, 2, 3, 4, 5, 6]), expected, selection, capabilities)).toMatchObject({
      agrees: false,
      reason: "shape 3×2 with 6 elements instead of 2×3",
    });
  });
});
