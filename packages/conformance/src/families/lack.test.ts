import { createBackend } from "@isoconv/backend-reference";
import { type Capabilities, type OpName, type OpSupport } from "@isoconv/core-spec";
import { expect, it } from "vitest";
import type { Case } from "../plan/case.js";
import { oneOpNetwork } from "@isoconv/judge";
import { lackFor, lackOf } from "./lack.js";

const { capabilities } = await createBackend();
const refusal = { unsupported: "not yet", issue: "https://example.org/1" };
const withOps = (ops: Partial<Record<OpName, OpSupport>>): Capabilities => ({
  ...capabilities,
  ops: { ...capabilities.ops, ...ops },
});
const pooling = (outputSize: readonly number[]): Case => ({
  id: "pool",
  family: "matrix",
  ops: ["adaptiveAvgPool2d"],
  network: oneOpNetwork("pool", "adaptiveAvgPool2d", { x: [1, 2, 7, 7] }, { outputSize }),
  exactly: false,
  history: [{ kind: "run", data: "own" }],
});

it("is undefined for a backend that supports every operation", () => {
  expect(lackFor(pooling([3, 3]), capabilities)).toBeUndefined();
});

it("is the operation itself if it is declared unsupported", () => {
  expect(lackFor(pooling([3, 3]), withOps({ adaptiveAvgPool2d: refusal }))?.ops).toEqual(["adaptiveAvgPool2d"]);
});

it("is a missing part of a decomposition, only for attributes that need the part", () => {
  const partial = withOps({ adaptiveAvgPool2d: "decomposed", concat: refusal });
  expect(lackFor(pooling([1, 1]), partial)).toBeUndefined();
  expect(lackFor(pooling([3, 3]), partial)?.ops).toEqual(["concat"]);
  expect(lackOf("adaptiveAvgPool2d", "x", partial)?.ops).toEqual(["concat"]);
});
