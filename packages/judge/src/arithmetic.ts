import type { ArithmeticClass, Capabilities } from "@isoconv/core-spec";

export { roundoffs, type Roundoffs } from "@isoconv/core-spec";

/** Half the spacing of the numbers nearest zero, and the smallest normal number. */
const SMALLEST = {
  single: { kept: 2 ** -149, flushed: 2 ** -126 },
  half: { kept: 2 ** -25, flushed: 2 ** -14 },
} as const;

/** The smallest absolute error that is always allowed: the rounding of the storage format near zero. */
export function underflow({ arithmetic, subnormals }: Pick<Capabilities, "arithmetic" | "subnormals">): number {
  return SMALLEST[storesHalf(arithmetic) ? "half" : "single"][subnormals];
}

/** Whether values are kept in half precision between operations. */
export function storesHalf(arithmetic: ArithmeticClass): boolean {
  return arithmetic === "f16" || arithmetic === "f16-storage";
}
