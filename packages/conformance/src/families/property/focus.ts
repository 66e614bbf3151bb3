import type { OpName } from "@isoconv/core-spec";

/** What random graphs are about: an operation that each of them contains, or none in particular. */
export type PropertyFocus = OpName | "any";
