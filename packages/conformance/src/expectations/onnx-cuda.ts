import type { Expectation } from "../run/expectation.js";

/** What is known of `onnx-cuda`. */
export const expectations: readonly Expectation[] = [];
