import { createBackend } from "@isoconv/backend-reference";
import { float32 } from "@isoconv/core-spec";
import { expect, test } from "vitest";
import { judgeRow } from "./judge-row.js";

const reference = { shape: [1, 2], value: Float64Array.of(1, 0.5), scale: 1, noiseFloor: 1e-7 };
const logits = float32([1, 2], [1.005, 0.5]);
const { capabilities } = await createBackend();

test("what is too far off for float32 is right for a backend that declares that it stores float16", () => {
  const half = { ...capabilities, arithmetic: "f16-storage" } as const;
  expect(judgeRow({ logits, capabilities }, reference)).toMatchObject({ agrees: false, bound: 8e-7 });
  expect(judgeRow({ logits, capabilities: half }, reference)?.agrees).toBe(true);
  expect(judgeRow({ logits: float32([1, 2], [1.05, 0.5]), capabilities: half }, reference)?.agrees).toBe(false);
});

test("nothing is judged before there is an answer and the oracle's", () => {
  expect(judgeRow({ logits, capabilities }, undefined)).toBeUndefined();
  expect(judgeRow({ capabilities }, reference)).toBeUndefined();
});
