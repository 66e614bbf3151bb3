import type { Expectation } from "../run/expectation.js";

/** What is known of `onnx-webgpu`. */
export const expectations: readonly Expectation[] = [];
