import type { Expectation } from "../run/expectation.js";

/** What is known of `reference`. */
export const expectations: readonly Expectation[] = [];
