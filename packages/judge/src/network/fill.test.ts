import { expect, it } from "vitest";
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
