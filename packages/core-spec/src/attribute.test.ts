import { expect, test } from "vitest";
import type { Attribute } from "./attribute.js";
import { integers, pads2d, pair } from "./list-attributes.js";
import { holes, refusal } from "./op-cases.test.support.js";
import { choice, flag, float, integer } from "./scalar-attributes.js";

const at = { op: "op", node: "node", path: "attrs.a" };
const refusedAt = (attribute: Attribute<unknown>, value: unknown): string | undefined => {
  const { code, path } = refusal(() => attribute.parse(value, at));
  expect(code).toBe("INVALID_ATTRIBUTE");
  return path;
};

const attributes: readonly (readonly [string, Attribute<unknown>])[] = [
  ["integer", integer({ min: 1 })],
  ["bounded integer", integer({ min: -2, max: 3, default: 0 })],
  ["float", float({})],
  ["float from 0", float({ min: 0 })],
  ["float above 0", float({ min: 0, exclusive: true })],
  ["bounded float", float({ min: 0, max: 1, default: 0.5 })],
  ["float with ∞", float({ infinite: true, default: Infinity })],
  ["flag", flag({})],
  ["choice", choice(["none", "relu"], { default: "none" })],
  ["pair", pair({ min: 1 })],
  ["pads", pads2d({ default: [0, 0, 0, 0] })],
  ["list", integers({ min: -1 })],
  ["list of distinct entries", integers({ min: 0, distinct: true, default: [] })],
];

test.each(attributes)("%s accepts its boundary and refuses its invalid values", (_name, attribute) => {
  for (const value of attribute.boundary) expect(() => attribute.parse(value, at)).not.toThrow();
  for (const value of attribute.invalid) expect(refusedAt(attribute, value)).toMatch(/^attrs\.a(\[\d\])?$/);
});

test.each(attributes)("%s refuses values of no attribute's type", (_name, attribute) => {
  for (const value of [
    undefined,
    null,
    Symbol("s"),
    1n,
    {},
    new Date(),
    () => 1,
    new Float32Array(2),
    "x".repeat(1e6),
  ]) {
    expect(refusedAt(attribute, value)).toBe("attrs.a");
  }
});

test("a float is rounded to float32 once, its default too", () => {
  const epsilon = float({ min: 0, exclusive: true, default: 1e-5 });
  expect(epsilon.parse(1e-5, at)).toBe(Math.fround(1e-5));
  expect(epsilon.fallback).toBe(Math.fround(1e-5));
  expect(refusedAt(epsilon, 1e-50)).toBe("attrs.a");
  expect(refusedAt(float({}), 3.5e38)).toBe("attrs.a");
  expect(float({ infinite: true }).parse(3.5e38, at)).toBe(Infinity);
  expect(float({}).parse(-0, at)).toBe(-0);
});

test("an integer −0 is 0", () => {
  expect(integer({ min: -1 }).parse(-0, at)).toBe(0);
  expect(pads2d({}).parse([-0, 0, 0, 0], at)).toEqual([0, 0, 0, 0]);
});

test("a refused list names its wrong entry", () => {
  expect(refusedAt(pair({ min: 1 }), [1, 0])).toBe("attrs.a[1]");
  expect(refusedAt(pads2d({}), [0, 0, 0.5, 0])).toBe("attrs.a[2]");
  expect(refusedAt(integers({ min: 0 }), [0, 1, "2"])).toBe("attrs.a[2]");
});

test("lists with holes are refused", () => {
  expect(refusedAt(integers({ min: 0 }), holes(2))).toBe("attrs.a[0]");
  expect(refusedAt(pair({ min: 1 }), holes(2))).toBe("attrs.a[0]");
});

test("lists are copied and frozen, and have a bounded length", () => {
  const written = [1, 2];
  const parsed = integers({ min: 0 }).parse(written, at);
  written[0] = 9;
  expect(parsed).toEqual([1, 2]);
  expect(Object.isFrozen(parsed)).toBe(true);
  expect(
    refusedAt(
      integers({ min: 0 }),
      Array.from({ length: 1e6 }, () => 0),
    ),
  ).toBe("attrs.a");
});

test("domains read as a sentence", () => {
  expect(attributes.map(([, attribute]) => attribute.domain)).toEqual([
    "an integer ≥ 1",
    "an integer in [-2, 3]",
    "a finite float32",
    "a finite float32 ≥ 0",
    "a finite float32 > 0",
    "a finite float32 ≥ 0 and ≤ 1",
    "a float32",
    "true or false",
    '"none" or "relu"',
    "[height, width], each an integer in [1, 65535]",
    "[top, left, bottom, right], each an integer in [0, 65535]",
    "a list of at most 8 integers ≥ -1",
    "a list of at most 8 distinct integers ≥ 0",
  ]);
});
