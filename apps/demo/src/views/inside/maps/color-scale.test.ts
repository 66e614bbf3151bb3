import { describe, expect, it } from "vitest";
import { colorAt, scaleOf, symmetric } from "./color-scale.js";

const hex = (pixel: number): string => pixel.toString(16);

describe("scaleOf", () => {
  it("is symmetric about zero for values of either sign, with zero a near white", () => {
    const scale = scaleOf(-1, 3);
    expect(scale).toMatchObject({ kind: "diverging", low: -3, high: 3 });
    expect([0, 8, 16].map((shift) => (colorAt(scale, 0) >>> shift) & 255).every((byte) => byte > 240)).toBe(true);
  });

  it("runs from the least to the largest for values of one sign", () => {
    const scale = scaleOf(0.2, 0.8);
    expect(scale).toMatchObject({ kind: "sequential", low: 0.2, high: 0.8 });
    expect([hex(colorAt(scale, 0.2)), hex(colorAt(scale, 0.8))]).toEqual(["ff540144", "ff25e7fd"]);
  });

  it("has one colour for a constant, and accepts values of which none is finite", () => {
    expect(hex(colorAt(scaleOf(5, 5), 5))).toBe("ff540144");
    expect(hex(colorAt(scaleOf(Infinity, -Infinity), NaN))).toBe("ffff00ff");
  });
});

describe("symmetric", () => {
  it("marks values outside the limit, and NaN", () => {
    const scale = symmetric(1, true);
    expect([1.01, -2, NaN, Infinity].map((value) => hex(colorAt(scale, value)))).toEqual(Array(4).fill("ffff00ff"));
    expect(hex(colorAt(scale, 1))).toBe("ff1f0067");
    expect(hex(colorAt(symmetric(1), 2))).toBe("ff1f0067");
  });
});
