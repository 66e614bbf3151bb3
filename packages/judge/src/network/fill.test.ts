import { describe, expect, it } from "vitest";
import { fillData, lattice, reals, type Fill } from "./fill.js";

it("draws the same numbers for the same seed and name, and others for another one", () => {
  const draw = (seed: number, name: string): Float32Array => fillData(reals, seed, name, [4, 5]);
  expect(draw(1, "x")).toEqual(draw(1, "x"));
  expect(draw(2, "x")).not.toEqual(draw(1, "x"));
  expect(draw(1, "y")).not.toEqual(draw(1, "x"));
});

it("draws all five lattice integers, no other number and no −0", () => {
  const data = fillData(lattice, 1, "x", [1000]);
  expect(new Set(data)).toEqual(new Set([-2, -1, 0, 1, 2]));
  expect(data.some((value) => Object.is(value, -0))).toBe(false);
});

it("repeats a cycle and patches single elements", () => {
  const base: Fill = { kind: "cycle", values: [1, -0] };
  expect([...fillData(base, 1, "x", [3])]).toEqual([1, -0, 1]);
  const patched: Fill = {
    kind: "patched",
    base,
    patches: [
      { index: 2, value: Number.NaN },
      { index: 9, value: 5 },
    ],
  };
  expect([...fillData(patched, 1, "x", [3])]).toEqual([1, -0, Number.NaN]);
});

describe("a sweep", () => {
  const exponentOf = (value: number): number => Math.floor(Math.log2(Math.abs(value)));

  it("reaches every exponent of float32 with both signs, and the ends of every binade", () => {
    const data = fillData({ kind: "sweep", from: -149, to: 127 }, 1, "x", [2 ** 14]);
    for (const sign of [1, -1]) {
      const found = new Set([...data].filter((value) => Math.sign(value) === sign).map(exponentOf));
      for (let exponent = -149; exponent <= 127; exponent += 1) expect(found, `2^${exponent}`).toContain(exponent);
      for (const end of [1, 2 - 2 ** -23, 2 ** -149, 3.4028234663852886e38]) expect(data).toContain(sign * end);
    }
    expect(data.every(Number.isFinite)).toBe(true);
  });

  it("draws different mantissas within its range", () => {
    const data = fillData({ kind: "sweep", from: -3, to: 2 }, 1, "x", [1200]);
    expect(Math.min(...data.map(Math.abs))).toBe(2 ** -3);
    expect(Math.max(...data.map(Math.abs))).toBe(8 - 2 ** -21);
    expect(new Set(data).size).toBeGreaterThan(1100);
  });
});

it("repeats the start of a filling", () => {
  const data = fillData({ kind: "repeated", base: reals, count: 3 }, 1, "x", [8]);
  const first = [...fillData(reals, 1, "x", [3])];
  expect([...data]).toEqual([...first, ...first, ...first.slice(0, 2)]);
});

it("intersperses values, in turn, at every period-th element", () => {
  const base: Fill = { kind: "cycle", values: [1] };
  const fill: Fill = { kind: "interspersed", base, values: [Number.NaN, 7], period: 3 };
  expect([...fillData(fill, 1, "x", [2, 4])]).toEqual([Number.NaN, 1, 1, 7, 1, 1, Number.NaN, 1]);
});

it("interleaves runs of several fillings, the last run cut short", () => {
  const fills: readonly Fill[] = [
    { kind: "cycle", values: [1, 2, 3] },
    { kind: "cycle", values: [-1] },
  ];
  expect([...fillData({ kind: "interleaved", fills, run: 2 }, 1, "x", [7])]).toEqual([1, 2, -1, -1, 3, 1, -1]);
});
