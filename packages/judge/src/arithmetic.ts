import { roundoffs, type ArithmeticClass, type Capabilities } from "@isoconv/core-spec";

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

/** The spacing of TensorFloat-32 below 2⁻¹²⁶, by which an operand is off if the bits that it does not keep are dropped. */
const TF32_SPACING = 2 ** -136;

/**
 * The largest absolute error of a product of a dot product near zero, in the format that the class adds in, where the other
 * operand is at most 1.
 */
export function productUnderflow({ arithmetic, subnormals }: Pick<Capabilities, "arithmetic" | "subnormals">): number {
  const product = SMALLEST[arithmetic === "f16" ? "half" : "single"][subnormals];
  return arithmetic === "tf32" ? product + TF32_SPACING : product;
}

/** Whether values are kept in half precision between operations. */
export function storesHalf(arithmetic: ArithmeticClass): boolean {
  return arithmetic === "f16" || arithmetic === "f16-storage";
}

/** The integers that a class of arithmetic computes with exactly. */
export interface ExactIntegers {
  /** Operands of up to this size are not rounded. */
  readonly operands: number;
  /** Sums are not rounded, in any order, if the absolute values of their terms add up to at most this. */
  readonly sums: number;
}

/**
 * A format with unit roundoff 2⁻ᵖ represents every integer up to 2ᵖ. If `Σ|termₖ| ≤ 2ᵖ`, then each product and each partial
 * sum of any order or tree, being an integer of at most that size, is represented too, so no step rounds, with or without
 * fused multiply-adds.
 */
export function exactIntegers(arithmetic: ArithmeticClass): ExactIntegers {
  const { input, accumulate, output } = roundoffs[arithmetic];
  const sums = 1 / Math.max(accumulate, output);
  return { operands: 1 / Math.max(input, accumulate), sums };
}
