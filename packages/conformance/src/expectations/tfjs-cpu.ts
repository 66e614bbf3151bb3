import type { Expectation } from "../run/expectation.js";

/** What is known of `tfjs-cpu`. */
export const expectations: readonly Expectation[] = [];
