import type { Expectation } from "@isoconv/conformance";

/** Cases known to fail: what, why, and where it is tracked. Delete one as soon as its case passes. */
export const expectations: readonly Expectation[] = [];
