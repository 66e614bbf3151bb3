import type { Expectation } from "../run/expectation.js";

/** What is known of `onnx-wasm`. */
export const expectations: readonly Expectation[] = [];
