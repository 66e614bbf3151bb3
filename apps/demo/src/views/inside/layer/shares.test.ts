import { errorBound } from "@isoconv/judge";
import { exact, rounded } from "@isoconv/core-spec";
import { describe, expect, it } from "vitest";
import { sharesBetween, sharesOf, worstOf, type Yardstick } from "./shares.js";

const capabilities = { arithmetic: "f32", subnormals: "kept" } as const;

function yardstick(rule: Yardstick["rule"], values: readonly number[]): Yardstick {
  const value = Float64Array.from(values);
  return { rule, expected: { shape: [1, values.length], value, magnitude: value.map(Math.abs) }, capabilities };
}

describe("sharesOf", () => {
  it("is 1 at the upper limit of the bound and −1 at the lower", () => {
    const stick = yardstick(rounded({ magnitude: 10 }), [3, 3, 3]);
    const bound = errorBound(stick.rule, 3, 3, capabilities);
    const { shares } = sharesOf([3 + bound, 3 - bound, 3], stick);
    expect([...shares].map((share) => Number(share.toFixed(6)))).toEqual([1, -1, 0]);
  });

  it("is infinite for a wrong value where no error is allowed, and 0 for an undetermined one", () => {
    const stick = yardstick(exact, [3, 4, 5]);
    expect([...sharesOf([3, 3, 6], stick).shares]).toEqual([0, -Infinity, Infinity]);
    const free = { ...stick, expected: { ...stick.expected, undetermined: Uint8Array.of(0, 1, 1) } };
    expect([...sharesOf([3, 3, 6], free).shares]).toEqual([0, 0, 0]);
  });
});

describe("sharesBetween", () => {
  it("is 1 for two backends at opposite limits", () => {
    const stick = yardstick(rounded({ magnitude: 10 }), [3]);
    const bound = errorBound(stick.rule, 3, 3, capabilities);
    const [a, b] = [[3 + bound], [3 - bound]];
    expect(sharesBetween(a, sharesOf(a, stick), b, sharesOf(b, stick))[0]).toBeCloseTo(1, 6);
  });

  it("is infinite if one is NaN, and 0 if both are equal or both correct", () => {
    const stick = yardstick(exact, [NaN, 1, 0]);
    const [a, b] = [
      [NaN, NaN, 0],
      [NaN, 1, 0],
    ];
    expect([...sharesBetween(a, sharesOf(a, stick), b, sharesOf(b, stick))]).toEqual([0, Infinity, 0]);
  });
});

describe("sharesBetween, where one backend guarantees nothing", () => {
  it("is 0 for any values", () => {
    const stick = yardstick(exact, [NaN, 3, 3]);
    const free = { ...stick, expected: { ...stick.expected, undetermined: Uint8Array.of(1, 1, 1) } };
    const [a, b] = [
      [7, 7, Infinity],
      [NaN, 4, 4],
    ];
    expect([...sharesBetween(a, sharesOf(a, free), b, sharesOf(b, stick))]).toEqual([0, 0, 0]);
  });
});

describe("worstOf", () => {
  it("finds the largest share of either sign and where it is", () => {
    expect(worstOf(Float32Array.of(0.1, 0.2, -0.75, 0), [1, 2, 2])).toEqual({ share: 0.75, index: [0, 1, 0] });
  });
});
