import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { refusal } from "./op-cases.test.support.js";
import { normal, philox4x32, uniform } from "./philox.js";

interface Fixture {
  readonly philox: readonly { counter: Words; key: readonly [number, number]; words: Words }[];
  readonly uniform: readonly { seed: number; name: string; low: number; high: number; values: readonly number[] }[];
}
type Words = readonly [number, number, number, number];

/** First published answers of the Random123 library, then values of an independent implementation in Python. */
const fixture = JSON.parse(
  readFileSync(new URL("../../../goldens/data/philox.json", import.meta.url), "utf8"),
) as Fixture;

test("Philox4x32-10 gives the published words", () => {
  expect(fixture.philox.length).toBeGreaterThan(2);
  for (const { counter, key, words } of fixture.philox) expect(philox4x32(counter, key)).toEqual(words);
});

test("uniform gives the bits of the independent implementation", () => {
  expect(fixture.uniform.length).toBeGreaterThan(2);
  for (const { seed, name, low, high, values } of fixture.uniform) {
    expect(uniform(seed, name, values.length, low, high), name).toEqual(Float32Array.from(values));
  }
});

test("a value depends only on seed, name and index", () => {
  for (const draw of [uniform, normal]) {
    const long = draw(7, "layer1.weight", 1001, -1, 1);
    draw(7, "something else", 5, -1, 1);
    for (const count of [0, 1, 2, 3, 4, 5, 999]) {
      expect(draw(7, "layer1.weight", count, -1, 1)).toEqual(long.slice(0, count));
    }
    expect(draw(8, "layer1.weight", 4, -1, 1)).not.toEqual(long.slice(0, 4));
    expect(draw(7, "layer1.bias", 4, -1, 1)).not.toEqual(long.slice(0, 4));
  }
});

test("uniform and normal have the requested mean and deviation", () => {
  const statistics = (values: Float32Array): [mean: number, deviation: number] => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return [mean, Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)];
  };
  const [uniformMean, uniformDeviation] = statistics(uniform(1, "u", 100_000, 2, 4));
  expect(uniformMean).toBeCloseTo(3, 1);
  expect(uniformDeviation).toBeCloseTo(2 / Math.sqrt(12), 2);
  const [normalMean, normalDeviation] = statistics(normal(1, "n", 100_000, 5, 0.5));
  expect(normalMean).toBeCloseTo(5, 1);
  expect(normalDeviation).toBeCloseTo(0.5, 2);
});

test("normal is finite even where the uniform word is 0", () => {
  expect(normal(3, "n", 100_000, 0, 1).every(Number.isFinite)).toBe(true);
});

test("a seed beyond 32 bits is refused rather than cut", () => {
  for (const seed of [-1, 0.5, 2 ** 32, NaN]) {
    expect(refusal(() => uniform(seed, "x", 1, 0, 1))).toEqual({ code: "INVALID_ATTRIBUTE", path: "seed" });
  }
});
