import type { ArithmeticClass } from "./capabilities.js";

/** Unit roundoffs of one arithmetic class. */
export interface Roundoffs {
  /** Of the inputs of a product. */
  readonly input: number;
  /** Of products and partial sums. */
  readonly accumulate: number;
  /** Of the stored result. */
  readonly output: number;
}

const SINGLE = 2 ** -24;
/** 11 significant bits, rounded to the nearest. */
const HALF = 2 ** -11;
/**
 * 11 significant bits, rounded in any direction. PTX specifies of a TF32 operand only that it has at least 10 bits of
 * fraction: an NVIDIA tensor core drops the others, unless the kernel has rounded the operand by `cvt.rna.tf32.f32`.
 * CUTLASS and PyTorch round, kernels of Triton did not (triton-lang/triton#4574).
 */
const TRUNCATED = 2 ** -10;

/** Float32 inputs are exact, so `input` is 0 in class `f32`. */
export const roundoffs: Readonly<Record<ArithmeticClass, Roundoffs>> = {
  f32: { input: 0, accumulate: SINGLE, output: SINGLE },
  tf32: { input: TRUNCATED, accumulate: SINGLE, output: SINGLE },
  "f16-storage": { input: HALF, accumulate: SINGLE, output: HALF },
  f16: { input: HALF, accumulate: HALF, output: HALF },
};
