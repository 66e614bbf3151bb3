import type { ArithmeticClass, Capabilities } from "@isoconv/core-spec";

/** Unit roundoffs of one arithmetic class. */
export interface Roundoffs {
  /** Of inputs on their way into a product. */
  readonly input: number;
  /** Of products and partial sums. */
  readonly accumulate: number;
  /** Of the stored result. */
  readonly output: number;
}

const SINGLE = 2 ** -24;
/** f16 and TF32 both keep 11 significant bits. */
const HALF = 2 ** -11;

/** Float32 inputs are exact, so `input` is 0 in class `f32`. */
export const roundoffs: Readonly<Record<ArithmeticClass, Roundoffs>> = {
  f32: { input: 0, accumulate: SINGLE, output: SINGLE },
  tf32: { input: HALF, accumulate: SINGLE, output: SINGLE },
  "f16-storage": { input: HALF, accumulate: SINGLE, output: HALF },
  f16: { input: HALF, accumulate: HALF, output: HALF },
};

/** Half the spacing of the numbers nearest zero, and the smallest normal number. */
const SMALLEST = {
  single: { kept: 2 ** -149, flushed: 2 ** -126 },
  half: { kept: 2 ** -25, flushed: 2 ** -14 },
} as const;

/** The smallest absolute error that can always happen: what the storage format loses near zero. */
export function underflow({ arithmetic, subnormals }: Pick<Capabilities, "arithmetic" | "subnormals">): number {
  return SMALLEST[storesHalf(arithmetic) ? "half" : "single"][subnormals];
}

/** Whether values are kept in half precision between operations. */
export function storesHalf(arithmetic: ArithmeticClass): boolean {
  return arithmetic === "f16" || arithmetic === "f16-storage";
}
