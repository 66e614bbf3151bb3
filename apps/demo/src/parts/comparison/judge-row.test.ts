import { createBackend } from "@isoconv/backend-reference";
import { float32 } from "@isoconv/core-spec";
import { expect, test } from "vitest";
import { judgeRow } from "./judge-row.js";

const reference = { shape: [1, 2], value: Float64Array.of(1, 0.5), scale: 1, noiseFloor: 1e-7 };
const logits = float32([1, 2], [1.005, 0.5]);
const { capabilities } = await createBackend();

test("a deviation too large for float32 is within the bound of a backend that declares float16 storage", () => {
  const half = { ...capabilities, arithmetic: "f16-storage" } as const;
  expect(judgeRow({ logits, capabilities }, reference)).toMatchObject({ agrees: false, bound: 8e-7 });
  expect(judgeRow({ logits, capabilities: half }, reference)?.agrees).toBe(true);
  expect(judgeRow({ logits: float32([1, 2], [1.05, 0.5]), capabilities: half }, reference)?.agrees).toBe(false);
});

test("nothing is judged before the logits and the oracle's logits exist", () => {
  expect(judgeRow({ logits, capabilities }, undefined)).toBeUndefined();
  expect(judgeRow({ capabilities }, reference)).toBeUndefined();
});
