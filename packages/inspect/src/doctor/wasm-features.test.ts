import { expect, it } from "vitest";
import { wasmFeatures } from "./wasm-features.js";

it("detects the features that every supported Node has", () => {
  expect(wasmFeatures()).toMatchObject({ available: true, simd: true, threads: true });
});
