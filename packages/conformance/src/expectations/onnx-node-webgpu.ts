import type { Expectation } from "../run/expectation.js";

/** What is known of `onnx-node-webgpu`. */
export const expectations: readonly Expectation[] = [];
