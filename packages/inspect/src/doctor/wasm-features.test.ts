import { expect, it } from "vitest";
import { wasmFeatures } from "./wasm-features.js";

it("knows what every Node here has", () => {
  expect(wasmFeatures()).toMatchObject({ available: true, simd: true, threads: true });
});
