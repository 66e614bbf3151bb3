import { expect, test } from "vitest";
import { erfc } from "./erfc.js";

/** Values of glibc's `erfc`, which is accurate to one unit in the last place. */
test.for([
  [-6, 2],
  [-2, 1.9953222650189528],
  [-0.5, 1.5204998778130465],
  [0, 1],
  [0.001, 0.9988716212090307],
  [0.5, 0.4795001221869535],
  [1, 0.15729920705028513],
  [1.499, 0.03401396234814331],
  [1.5, 0.033894853524689274],
  [1.999, 0.004698443348629488],
  [2, 0.004677734981047265],
  [2.5, 0.0004069520174449589],
  [3, 2.2090496998585438e-5],
  [5, 1.5374597944280351e-12],
  [10, 2.088487583762545e-45],
  [20, 5.3958656116079005e-176],
  [26, 5.663192408856143e-296],
] as const)("erfc(%f)", ([x, expected]) => {
  expect(Math.abs(erfc(x) / expected - 1)).toBeLessThan(2e-14);
});

test("erfc of ±∞ and NaN", () => {
  expect([erfc(Infinity), erfc(-Infinity), erfc(Number.NaN)]).toEqual([0, 2, NaN]);
});
