import { expect, it } from "vitest";
import { heldBytes } from "./held-bytes.js";
import { Memo } from "./memo.js";

/** Recalls an array of `count` bytes and tells whether it had to be computed. */
async function computes(memo: Memo, key: string, count: number): Promise<boolean> {
  let computed = false;
  const array = await memo.recall(key, async () => {
    computed = true;
    return { deep: new Map([["array", [new Uint8Array(count)]]]) };
  });
  expect(heldBytes(array)).toBe(count);
  return computed;
}

it("computes a value once", async () => {
  const memo = new Memo();
  expect(await computes(memo, "a", 8)).toBe(true);
  expect(await computes(memo, "a", 8)).toBe(false);
});

it("drops what was asked for the longest ago, once it holds more than its limit", async () => {
  const memo = new Memo({ mostBytes: 100 });
  await computes(memo, "a", 40);
  await computes(memo, "b", 40);
  expect(await computes(memo, "a", 40)).toBe(false);
  await computes(memo, "c", 40);
  expect(await computes(memo, "a", 40)).toBe(false);
  expect(await computes(memo, "b", 40)).toBe(true);
});

it("keeps no value that is larger than its limit", async () => {
  const memo = new Memo({ mostBytes: 100 });
  expect(await computes(memo, "a", 101)).toBe(true);
  expect(await computes(memo, "a", 101)).toBe(true);
});

it("tries again after a failure", async () => {
  const memo = new Memo();
  await expect(memo.recall("a", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await computes(memo, "a", 8)).toBe(true);
});

it("counts a buffer once, however often it is reached", () => {
  const data = new Float64Array(4);
  const cycle: Record<string, unknown> = { a: data, b: data.subarray(1) };
  cycle["self"] = cycle;
  expect(heldBytes(cycle)).toBe(32);
});
