import { dotProduct, exact, rounded, selection } from "@isoconv/core-spec";
import { describe, expect, it } from "vitest";
import { deviate, errorBound, leavesRange } from "./bound.js";

const f32 = { arithmetic: "f32", subnormals: "kept" } as const;
const U = 2 ** -24;

type Rounding = (x: number) => number;
type Arithmetic = Parameters<typeof deviate>[4];

/** The number of outputs of a small convolution. */
const OUTPUTS = 64;

/** The largest `error / bound` over dot products whose inputs and partial sums are rounded as in a class. */
function worstShare(n: number, roundInput: Rounding, roundSum: Rounding, arithmetic: Arithmetic): number {
  const shares = Array.from({ length: OUTPUTS }, (_, output) => {
    const { got, value, magnitude } = simulate(n, output, roundInput, roundSum);
    return deviate(dotProduct(n), got, value, magnitude, arithmetic).share;
  });
  return Math.max(...shares);
}

function simulate(
  n: number,
  seed: number,
  roundInput: Rounding,
  roundSum: Rounding,
): { got: number; value: number; magnitude: number } {
  let [got, value, magnitude] = [0, 0, 0];
  let state = seed * 7919 + n;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.fround(state / 2 ** 31 - 1);
  };
  for (let i = 0; i < n; i += 1) {
    const [x, w] = [next(), next()];
    got = roundSum(got + roundSum(roundInput(x) * roundInput(w)));
    value += x * w;
    magnitude += Math.abs(x * w);
  }
  return { got, value, magnitude };
}

/** Rounds to 11 significant bits, as TF32 and f16 do. */
function half(x: number): number {
  if (x === 0) return 0;
  const unit = 2 ** (Math.floor(Math.log2(Math.abs(x))) - 10);
  return Math.round(x / unit) * unit;
}

/** Drops all but the first `bits` significant bits. */
function truncate(bits: number, x: number): number {
  if (x === 0) return 0;
  const unit = 2 ** (Math.floor(Math.log2(Math.abs(x))) + 1 - bits);
  return Math.trunc(x / unit) * unit;
}

const lengths = [9, 27, 64, 576, 1152, 4608];

describe("errorBound", () => {
  it("is K(n)·u·S + u·|ŷ| + η for a float32 dot product", () => {
    expect(errorBound(dotProduct(9), 2, 5, f32)).toBe(11 * U * 5 + U * 2 + 2 ** -149);
    expect(errorBound(dotProduct(4608), 0, 1, f32)).toBeCloseTo((4 + 3 * Math.sqrt(4608)) * U, 15);
  });

  it("adds the rounding of inputs in class tf32", () => {
    const tf32 = errorBound(dotProduct(9), 2, 5, { ...f32, arithmetic: "tf32" });
    expect(tf32).toBeCloseTo(errorBound(dotProduct(9), 2, 5, f32) + 2 * 2 ** -10 * 5, 12);
  });

  it.each(lengths)("accepts float32 dot products of length %i", (n) => {
    expect(worstShare(n, (x) => x, Math.fround, f32)).toBeLessThan(0.6);
  });

  it.each(lengths)("refuses TF32 inputs at length %i in class f32 and accepts them in class tf32", (n) => {
    expect(worstShare(n, half, Math.fround, f32)).toBeGreaterThan(1);
    expect(worstShare(n, half, Math.fround, { ...f32, arithmetic: "tf32" })).toBeLessThan(1);
  });

  it.each(lengths)("accepts truncated TF32 inputs at length %i in class tf32", (n) => {
    expect(worstShare(n, (x) => truncate(11, x), Math.fround, { ...f32, arithmetic: "tf32" })).toBeLessThan(1);
  });

  it("refuses bfloat16's 8 bits in class tf32 where terms do not cancel", () => {
    const share = (bits: number): number => {
      const x = 2 - 2 ** -23;
      const product = truncate(bits, x) ** 2;
      return deviate(dotProduct(1), product, x * x, x * x, { ...f32, arithmetic: "tf32" }).share;
    };
    expect(share(11)).toBeLessThan(1);
    expect(share(8)).toBeGreaterThan(1);
  });

  it.each(lengths)("refuses half-precision sums at length %i in class f32", (n) => {
    expect(worstShare(n, half, half, f32)).toBeGreaterThan(1);
  });
});

it("allows half-precision sums to stagnate once a sum outgrows its terms", () => {
  const half = { ...f32, arithmetic: "f16" } as const;
  const u = 2 ** -11;
  expect(errorBound(dotProduct(512), 0, 1, half)).toBeCloseTo((4 + 3 * Math.sqrt(512)) * u + 2 * u, 3);
  expect(errorBound(dotProduct(4608), 0, 1, half)).toBeCloseTo(4610 * u + 2 * u, 3);
});

it("allows every product of a dot product to underflow, in the format of the sums", () => {
  const half = { arithmetic: "f16", subnormals: "kept" } as const;
  expect(errorBound(dotProduct(9), 0, 0, half)).toBe(10 * 2 ** -25);
  expect(errorBound(dotProduct(9), 0, 0, { ...half, subnormals: "flushed" })).toBe(10 * 2 ** -14);
  expect(errorBound(dotProduct(9), 0, 0, { ...half, arithmetic: "f16-storage" })).toBe(2 ** -25 + 9 * 2 ** -149);
  expect(errorBound(rounded({ magnitude: 9 }), 0, 0, half)).toBe(2 ** -25);
  expect(errorBound(rounded({ magnitude: 9, terms: 9 }), 0, 0, half)).toBe(2 * 2 ** -25);
});

describe("leavesRange", () => {
  const half = { ...f32, arithmetic: "f16" } as const;
  const rule = dotProduct(9);
  it("is true where a partial result of a backend that adds in half precision may overflow", () => {
    expect(leavesRange(rule, 1, 70_000, half)).toBe(true);
    expect(leavesRange(rule, 1, 65_300, half)).toBe(true);
    expect(leavesRange(rule, 1, 60_000, half)).toBe(false);
  });
  it("is true of sums with an ∞, whose other terms may overflow to the opposite one", () => {
    expect(leavesRange(rule, Infinity, Infinity, half)).toBe(true);
  });
  it("is false for wider sums and for results that are not rounded", () => {
    expect(leavesRange(rule, 1, 1e30, f32)).toBe(false);
    expect(leavesRange(rule, 1, 1e30, { ...f32, arithmetic: "f16-storage" })).toBe(false);
    expect(leavesRange(selection, 1, 1e30, half)).toBe(false);
    expect(leavesRange(rule, Infinity, Infinity, f32)).toBe(false);
  });
});

describe("deviate", () => {
  it("requires identical bits of data movement", () => {
    expect(deviate(exact, -0, -0, 0, f32).share).toBe(0);
    expect(deviate(exact, 0, -0, 0, f32).share).toBe(Infinity);
    expect(deviate(exact, 1 + 2 ** -23, 1, 0, f32).share).toBe(Infinity);
  });

  it("allows a selection to return either zero, and no other inexact value", () => {
    expect(deviate(selection, 0, -0, 0, f32).share).toBe(0);
    expect(deviate(selection, Math.fround(0.1), 0.1, 0, f32).share).toBe(0);
    expect(deviate(selection, 0.2, 0.1, 0, f32).share).toBe(Infinity);
  });

  it("matches NaN with NaN and ∞ with the same ∞ only", () => {
    const rule = rounded({ value: 1 });
    expect(deviate(rule, Number.NaN, Number.NaN, 0, f32).share).toBe(0);
    expect(deviate(rule, 0, Number.NaN, 0, f32).share).toBe(Infinity);
    expect(deviate(rule, Number.NaN, 0, 0, f32).share).toBe(Infinity);
    expect(deviate(rule, Infinity, 1e39, 0, f32).share).toBe(0);
    expect(deviate(rule, -Infinity, Infinity, 0, f32).share).toBe(Infinity);
  });

  it("matches ∞ where the value or its bound lies beyond the largest number stored", () => {
    const rule = rounded({ value: 1 });
    const half = { ...f32, arithmetic: "f16-storage" } as const;
    expect(deviate(rule, Infinity, 65_504, 0, f32).share).toBe(Infinity);
    expect(deviate(rule, Infinity, 65_504, 0, half).share).toBe(0);
    expect(deviate(rule, -Infinity, 65_504, 0, half).share).toBe(Infinity);
    expect(deviate(rule, Infinity, 60_000, 0, half).share).toBe(Infinity);
    expect(deviate(selection, Infinity, 65_504, 0, half).share).toBe(Infinity);
    expect(deviate(rule, 3.4028234663852886e38, 3.4028235e38, 0, f32).share).toBeLessThanOrEqual(1);
    expect(deviate(rule, 3.4028234663852886e38, 1e39, 0, f32).share).toBeGreaterThan(1);
  });

  it("allows nothing where the magnitude is NaN", () => {
    const rule = rounded({ magnitude: 1 });
    expect(deviate(rule, 1, 1, Number.NaN, f32).share).toBe(0);
    expect(deviate(rule, 1.5, 1, Number.NaN, f32).share).toBe(Infinity);
  });

  it("allows an error of the smallest subnormal, or of the smallest normal number where subnormals are flushed", () => {
    const rule = rounded({ value: 1 });
    expect(deviate(rule, 0, 2 ** -149, 0, f32).share).toBeLessThanOrEqual(1);
    expect(deviate(rule, 0, 2 ** -130, 0, f32).share).toBeGreaterThan(1);
    expect(deviate(rule, 0, 2 ** -130, 0, { ...f32, subnormals: "flushed" }).share).toBeLessThanOrEqual(1);
  });

  it("allows an average whose operands are flushed before they are added, and then its result", () => {
    const average = rounded({ value: 1, magnitude: 6 });
    const flushed = { ...f32, subnormals: "flushed" } as const;
    expect(deviate(average, 0, 2 ** -126, 2 ** -126, flushed).share).toBeLessThanOrEqual(1);
    expect(deviate(average, 0, 1.9 * 2 ** -126, 1.9 * 2 ** -126, flushed).share).toBeLessThanOrEqual(1);
    expect(deviate(average, 0, 7.1 * 2 ** -126, 7.1 * 2 ** -126, flushed).share).toBeGreaterThan(1);
    expect(deviate(average, 0, 2 ** -126, 2 ** -126, f32).share).toBeGreaterThan(1);
  });
});
