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
/** f16 and TF32 both keep 11 significant bits. */
const HALF = 2 ** -11;

/** Float32 inputs are exact, so `input` is 0 in class `f32`. */
export const roundoffs: Readonly<Record<ArithmeticClass, Roundoffs>> = {
  f32: { input: 0, accumulate: SINGLE, output: SINGLE },
  tf32: { input: HALF, accumulate: SINGLE, output: SINGLE },
  "f16-storage": { input: HALF, accumulate: SINGLE, output: HALF },
  f16: { input: HALF, accumulate: HALF, output: HALF },
};
