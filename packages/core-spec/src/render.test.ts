import { expect, test } from "vitest";
import { holes } from "./op-cases.test.support.js";
import { render } from "./render.js";

test.each<readonly [unknown, string]>([
  ["relu", '"relu"'],
  ['say "hi"\n', '"say \\"hi\\"\\n"'],
  [1.5, "1.5"],
  [-0, "-0"],
  [NaN, "NaN"],
  [12n, "12n"],
  [undefined, "undefined"],
  [null, "null"],
  [true, "true"],
  [Symbol("s"), "a symbol"],
  [() => 1, "a function"],
  [[1, [2, [3]]], "[1, [2, […]]]"],
  [Array.from({ length: 20 }, (_, i) => i), "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, …]"],
  [holes(2), "[undefined, undefined]"],
  [{}, "{}"],
  [{ a: 1, b: 2 }, "an object with a, b"],
  [{ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 }, "an object with a, b, c, d, e, …"],
  [new Float32Array(3), "a Float32Array of 12 bytes"],
  [new DataView(new ArrayBuffer(5)), "a DataView of 5 bytes"],
])("%o reads %s", (value, text) => {
  expect(render(value)).toBe(text);
});

const thrower = (): never => {
  throw new Error("hostile");
};
const revoked = (target: object): object => {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
};
const cyclic: unknown[] = [];
cyclic.push(cyclic, { cyclic });

test.each<readonly [string, unknown]>([
  ["a huge string", "x".repeat(1e7)],
  ["a huge bigint", 1n << 10_000_000n],
  ["a huge array", holes(2 ** 32 - 1)],
  ["an array of huge strings", Array.from({ length: 100 }, () => "x".repeat(1e6))],
  ["a deep array", Array.from({ length: 10_000 }).reduce((inner) => [inner], 0)],
  ["a huge key", { ["k".repeat(1e6)]: 1 }],
  ["a cyclic array", cyclic],
  ["a throwing getter", Object.defineProperty([], 0, { get: thrower })],
  ["a throwing length", new Proxy([], { get: thrower })],
  ["a proxy without keys", new Proxy({ a: 1 }, { ownKeys: thrower })],
  ["a revoked object", revoked({})],
  ["a revoked array", revoked([])],
  ["no prototype", Object.create(null)],
  ["a view that hides its class", Object.defineProperty(new Uint8Array(1), Symbol.toStringTag, { get: thrower })],
  ["a throwing toString", { toString: thrower, [Symbol.toPrimitive]: thrower }],
  ["line breaks in keys", { "a\nb\u2028c": 1 }],
])("%s is rendered on one short line, without throwing", (_what, value) => {
  const text = render(value);
  expect(text.length).toBeLessThanOrEqual(120);
  expect(text).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
});
