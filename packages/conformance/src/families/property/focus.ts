import type { OpName } from "@isoconv/core-spec";
export type PropertyFocus = OpName | "any";
