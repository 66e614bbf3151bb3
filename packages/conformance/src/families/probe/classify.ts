import { capabilityChoices, type ArithmeticClass, type Capabilities } from "@isoconv/core-spec";

/** How one part of the arithmetic behaves: as float32, as a format of 11 significant bits, or as neither. */
export type Precision = "single" | "half" | "other";

/** Numbers with 11, 13, 24 and 13 significant bits; the last lies nearer to 1 + 2⁻¹⁰ than to 1. */
export const INPUTS = [1 + 2 ** -10, 1 + 2 ** -12, 1 + 2 ** -23, 1 + 3 * 2 ** -12] as const;

/** Results of 1×1 convolutions. */
export interface Measured {
  /** Results of {@link INPUTS}, times 1. */
  readonly inputs: readonly [tenth: number, twelfth: number, twentyThird: number, threeTwelfths: number];
  /** The result of 2¹⁷ times 1. */
  readonly range: number;
  /** 4096 ones times ones. */
  readonly ones: number;
  /** 8·(a² − b) with `a = 1 + 2⁻⁶` and `b = 1 + 2⁻⁵`: 2⁻⁹ only if products and partial sums keep 13 bits. */
  readonly cancellation: number;
}

/** The properties of an arithmetic class. */
export interface Traits {
  /** Significant bits of the inputs of a product: 24 or 11. */
  readonly inputs: Precision;
  /** The range of exponents: whether 2¹⁷ is finite. */
  readonly range: Precision;
  /** The precision of products and partial sums. */
  readonly accumulator: Precision;
}

export const traitsOf: Readonly<Record<ArithmeticClass, Traits>> = {
  f32: { inputs: "single", range: "single", accumulator: "single" },
  tf32: { inputs: "half", range: "single", accumulator: "single" },
  "f16-storage": { inputs: "half", range: "half", accumulator: "single" },
  f16: { inputs: "half", range: "half", accumulator: "half" },
};

/** The properties that the measured results show. */
export function traitsFrom({ inputs, range, ...sums }: Measured): Traits {
  return { inputs: inputPrecision(inputs), range: rangePrecision(range), accumulator: accumulatorPrecision(sums) };
}

/** The class with the measured properties, or `undefined`. */
export function classify(measured: Measured): ArithmeticClass | undefined {
  const traits = traitsFrom(measured);
  return capabilityChoices.arithmetic.find((name) => isSame(traitsOf[name], traits));
}

function isSame(a: Traits, b: Traits): boolean {
  return a.inputs === b.inputs && a.range === b.range && a.accumulator === b.accumulator;
}

/** Formats between the two (such as three TF32 products) or below (bfloat16) belong to no arithmetic class. */
export function inputPrecision(inputs: Measured["inputs"]): Precision {
  if (inputs[0] !== INPUTS[0]) return "other";
  if (inputs.every((result, k) => result === INPUTS[k])) return "single";
  return inputs.every(isWithinHalf) ? "half" : "other";
}

/** How inputs of 11 bits came about. Both ways are within the bounds of `tf32`. */
export function inputRounding([, , , threeTwelfths]: Measured["inputs"]): "rounded" | "truncated" {
  return threeTwelfths === 1 ? "truncated" : "rounded";
}

/** Rounded to 11 bits, in either direction. */
function isWithinHalf(result: number): boolean {
  return result === 1 || result === 1 + 2 ** -10;
}

export function rangePrecision(result: number): Precision {
  if (result === 2 ** 17) return "single";
  // Some hardware saturates at the largest half.
  return result === Infinity || result === 65504 ? "half" : "other";
}

export function accumulatorPrecision({ ones, cancellation }: Pick<Measured, "ones" | "cancellation">): Precision {
  return ones === 4096 && cancellation === 2 ** -9 ? "single" : "half";
}

/** Classifies results whose exact value is the subnormal number `expected`. */
export function subnormalsFrom(results: readonly number[], expected: number): Capabilities["subnormals"] | "neither" {
  if (results.every((result) => result === expected)) return "kept";
  return results.every((result) => result === expected || result === 0) ? "flushed" : "neither";
}
