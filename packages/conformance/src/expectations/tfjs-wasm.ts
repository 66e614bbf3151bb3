import type { Expectation } from "../run/expectation.js";

/** What is known of `tfjs-wasm`. */
export const expectations: readonly Expectation[] = [];
