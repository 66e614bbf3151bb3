import { accumulationGrowth } from "@isoconv/core-spec";
import { describe, expect, test } from "vitest";
import { random } from "./arrays.test.support.js";
import { noisySummation } from "./noisy-summation.js";
import { exactSummation, type Summation } from "./summation.js";

const seeds = Array.from({ length: 40 }, (_, seed) => seed);

function dot(summation: Summation, w: Float64Array, x: Float64Array, bias: number) {
  const y = { value: new Float64Array(1), magnitude: new Float64Array(1) };
  summation.dots(y, 0, 1, w, 0, x, 1, bias);
  return { value: y.value[0], magnitude: y.magnitude[0] };
}

describe("a noisy sum", () => {
  test.for([0, 1, 2, 3, 7, 8, 9, 20])("of %i terms adds each term once for any seed", (count) => {
    // Every subset of distinct powers of two below 2^24 has its own sum, exact in float32.
    const powers = Float64Array.from({ length: count }, (_, k) => 2 ** k);
    const ones = new Float64Array(count).fill(1);
    for (const seed of seeds) {
      expect(noisySummation(seed, "node").sum(powers)).toBe(2 ** count - 1);
      expect(dot(noisySummation(seed, "node"), powers, ones, 0).value).toBe(2 ** count - 1);
    }
  });

  test("depends only on seed and node", () => {
    const terms = random("terms", [1000]).value;
    const sums = seeds.map((seed) => noisySummation(seed, "a").sum(terms));
    expect(seeds.map((seed) => noisySummation(seed, "a").sum(terms))).toEqual(sums);
    expect(seeds.map((seed) => noisySummation(seed, "b").sum(terms))).not.toEqual(sums);
    expect(new Set(sums).size).toBeGreaterThan(10);
  });

  test("is a float32 within the bound of a dot product, with an error of realistic size", () => {
    const [w, x] = [random("w", [4608]).value, random("x", [4608]).value];
    const exact = dot(exactSummation, w, x, 0.5);
    const errors = seeds.map((seed) => {
      const { value } = dot(noisySummation(seed, "node"), w, x, 0.5);
      expect(value).toBe(Math.fround(value));
      return Math.abs(value - exact.value);
    });
    const bound = 2 ** -24 * (accumulationGrowth(4609) * exact.magnitude + Math.abs(exact.value));
    expect(Math.max(...errors)).toBeLessThan(bound);
    expect(Math.max(...errors)).toBeGreaterThan(bound / 1000);
  });

  test("rounds products before it adds them, and sums after", () => {
    // 1 + 2⁻²² + 2⁻⁴⁶ becomes 1 + 2⁻²², in whichever order.
    const w = Float64Array.of(1 + 2 ** -23, -1);
    const x = Float64Array.of(1 + 2 ** -23, 1 + 2 ** -22);
    const products = w.map((weight, k) => weight * x[k]);
    const terms = random("terms", [1000]).value;
    expect(exactSummation.sum(products)).toBe(2 ** -46);
    expect(dot(exactSummation, w, x, 0).value).toBe(2 ** -46);
    for (const seed of seeds) {
      expect(dot(noisySummation(seed, "node"), w, x, 0).value).toBe(0);
      expect(noisySummation(seed, "node").sum(products)).toBe(0);
      const sum = noisySummation(seed, "node").sum(terms);
      expect(sum).toBe(Math.fround(sum));
    }
  });

  test("adds terms forwards and backwards", () => {
    // Only forwards, from any start and with any number of partial sums, these terms give two different sums.
    const terms = Float64Array.of(2 ** -23, 2 ** -24, -1, 1, 2 ** -24);
    const sums = Array.from({ length: 200 }, (_, seed) => noisySummation(seed, "node").sum(terms));
    expect(new Set(sums).size).toBe(4);
  });
});

test.each([exactSummation, ...seeds.slice(0, 8).map((seed) => noisySummation(seed, "node"))])(
  "dot products computed together equal those computed one by one (%#)",
  (summation) => {
    const [count, length] = [19, 33];
    const [w, xs] = [random("w", [2, length]).value, random("xs", [count, length]).value];
    const y = { value: new Float64Array(2 * count), magnitude: new Float64Array(2 * count) };
    summation.dots(y, 1, 2, w, length, xs, count, 0.25);
    for (let v = 0; v < count; v += 1) {
      const alone = dot(summation, w.subarray(length), xs.subarray(v * length, (v + 1) * length), 0.25);
      expect([y.value[1 + 2 * v], y.magnitude[1 + 2 * v]]).toEqual([alone.value, alone.magnitude]);
    }
    expect(y.value.filter((_, i) => i % 2 === 0)).toEqual(new Float64Array(count));
  },
);
