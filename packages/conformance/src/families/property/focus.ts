import type { OpName } from "@isoconv/core-spec";

/** The operation that every random graph of a case contains, or `any`. */
export type PropertyFocus = OpName | "any";
