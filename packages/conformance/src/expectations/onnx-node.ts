import type { Expectation } from "../run/expectation.js";

/** What is known of `onnx-node`. */
export const expectations: readonly Expectation[] = [];
