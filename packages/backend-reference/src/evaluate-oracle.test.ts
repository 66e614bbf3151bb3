import { IsoconvError, type ErrorCode } from "@isoconv/core-spec";
import { expect, test } from "vitest";
import { array, counting } from "./arrays.test.support.js";
import { evaluateOracle } from "./evaluate-oracle.js";

function codeOf(attempt: () => unknown): ErrorCode | undefined {
  try {
    attempt();
    return undefined;
  } catch (error) {
    return error instanceof IsoconvError ? error.code : undefined;
  }
}

test("fills in defaults and infers the shape", () => {
  const y = evaluateOracle("leakyRelu", { x: array([2], [-100, 1]) }, {});
  expect(y).toEqual({ shape: [2], value: Float64Array.of(-100 * Math.fround(0.01), 1) });
});

test("keeps float64 inputs as they are", () => {
  expect(evaluateOracle("add", { a: array([1], [1]), b: array([1], [2 ** -50]) }, {}).value[0]).toBe(1 + 2 ** -50);
});

test("leaves operands untouched", () => {
  const x = counting([4]);
  evaluateOracle("relu", { x }, {}).value.fill(7);
  expect(x).toEqual(counting([4]));
});

test("refuses what the registry refuses, and data that do not fill their shape", () => {
  const x = counting([1, 1, 2, 2]);
  expect(codeOf(() => evaluateOracle("maxPool2d", { x }, { kernel: [0, 1] }))).toBe("INVALID_ATTRIBUTE");
  expect(codeOf(() => evaluateOracle("maxPool2d", { x }, { kernel: [3, 3] }))).toBe("INVALID_SHAPE");
  expect(codeOf(() => evaluateOracle("relu", { x: { ...x, shape: [5] } }, {}))).toBe("INVALID_FEED");
});
