import { createBackend } from "@isoconv/backend-reference";
import { float32 } from "@isoconv/core-spec";
import { expect, test } from "vitest";
import type { BackendId } from "../../engine/catalogue.js";
import { changed, started, type Comparison, type Row } from "./comparison.js";
import { differing, verdictOf } from "./verdict.js";

const reference = { shape: [1, 2], value: Float64Array.of(1, 0.5), scale: 1, noiseFloor: 0.01 };
const { capabilities } = await createBackend();
const gave = (first: number): Partial<Row> => ({
  phase: "done",
  logits: float32([1, 2], [first, 0.5]),
  capabilities,
});

function comparison(rows: Partial<Record<BackendId, Partial<Row>>>, hasOracle = true): Comparison {
  const begun = started({ kind: "one" }, Object.keys(rows) as BackendId[]);
  const ran = (Object.entries(rows) as [BackendId, Partial<Row>][]).reduce(
    (before, [backend, row]) => changed(before, { backend, row }),
    begun,
  );
  return hasOracle ? changed(ran, { oracle: { phase: "done", reference } }) : ran;
}

test("all agree within the bound, and the one with the largest share is named", () => {
  const verdict = verdictOf(
    comparison({ "tfjs-cpu": gave(1.02), "onnx-wasm": gave(1), "tfjs-webgpu": { phase: "unavailable" } }),
  );
  expect(verdict).toMatchObject({
    kind: "agree",
    backends: ["onnx-wasm", "tfjs-cpu"],
    differing: [],
    worst: "tfjs-cpu",
  });
  expect(verdict).toHaveProperty("worstShare", expect.closeTo(0.25));
});

test("a backend outside its bound and one that failed are named", () => {
  const rows = { "tfjs-cpu": gave(2), "onnx-wasm": gave(1), "tfjs-wasm": { phase: "failed" } } as const;
  expect(verdictOf(comparison(rows))).toEqual({ kind: "disagree", outside: ["tfjs-cpu"], failed: ["tfjs-wasm"] });
});

test("each backend is held to the bound of its own arithmetic", () => {
  const half = { ...gave(2), capabilities: { ...capabilities, arithmetic: "f16-storage" } } as const;
  expect(verdictOf(comparison({ "onnx-wasm": gave(1), "tfjs-wasm": half }))).toMatchObject({ kind: "agree" });
});

test("there is no verdict before all backends and the oracle have finished", () => {
  expect(verdictOf(comparison({ "tfjs-cpu": gave(1), "onnx-wasm": { phase: "running" } }))).toBeUndefined();
  expect(verdictOf(comparison({ "tfjs-cpu": gave(1) }, false))).toBeUndefined();
  expect(verdictOf(comparison({ "tfjs-cpu": gave(1), "onnx-wasm": { phase: "stopped" } }))).toBeUndefined();
});

test("a comparison in which nothing ran is not agreement", () => {
  expect(verdictOf(comparison({ "tfjs-cpu": { phase: "unavailable" } }))).toEqual({ kind: "nothing ran" });
});

test("predictions are compared with those of the first that ran", () => {
  expect(differing(comparison({ "onnx-wasm": gave(1), "tfjs-cpu": gave(0.4), "tfjs-wasm": gave(0.6) }))).toEqual([
    "tfjs-cpu",
  ]);
});
