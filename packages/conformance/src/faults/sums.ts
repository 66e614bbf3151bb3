import { roundToHalf } from "@isoconv/judge";

/**
 * `bias + Σ x[k]·w[k]` over the first `length` elements, in some order and precision.
 */
export type Dot = (x: Float32Array, w: Float32Array, length: number, bias: number) => number;

/** Products and partial sums in float64, rounded once. */
export const exactDot: Dot = (x, w, length, bias) => {
  let sum = bias;
  for (let k = 0; k < length; k += 1) sum += x[k] * w[k];
  return Math.fround(sum);
};

/** Sequential; each product and each partial sum is rounded by `round`. */
function sequential(round: (value: number) => number): Dot {
  return (x, w, length, bias) => {
    let sum = 0;
    for (let k = 0; k < length; k += 1) sum = round(sum + round(x[k] * w[k]));
    return round(sum + bias);
  };
}

/** A plain loop in float32. */
export const sequentialDot: Dot = sequential(Math.fround);
/** A plain loop in half precision. */
export const halfDot: Dot = sequential(roundToHalf);

/** Sequential from the last term to the first. */
export const reversedDot: Dot = (x, w, length, bias) => {
  let sum = bias;
  for (let k = length - 1; k >= 0; k -= 1) sum = Math.fround(sum + Math.fround(x[k] * w[k]));
  return sum;
};

/** A fused multiply-add per term: products are not rounded. */
export const fusedDot: Dot = (x, w, length, bias) => {
  let sum = bias;
  for (let k = 0; k < length; k += 1) sum = Math.fround(x[k] * w[k] + sum);
  return sum;
};

const LANES = 8;

/** Eight partial sums, like those of vector units, added at the end. */
export const blockedDot: Dot = (x, w, length, bias) => {
  const lanes = new Float32Array(LANES);
  for (let k = 0; k < length; k += 1) lanes[k % LANES] += Math.fround(x[k] * w[k]);
  return Math.fround(lanes.reduce((sum, lane) => Math.fround(sum + lane), 0) + bias);
};

/** Pairwise summation: recursively adds the sums of the two halves. */
export const pairwiseDot: Dot = (x, w, length, bias) => {
  const sum = (from: number, to: number): number => {
    if (to - from <= 1) return to === from ? 0 : Math.fround(x[from] * w[from]);
    const middle = (from + to) >> 1;
    return Math.fround(sum(from, middle) + sum(middle, to));
  };
  return Math.fround(sum(0, length) + bias);
};

const word = new DataView(new ArrayBuffer(4));
/** Bits of the significand that TensorFloat-32 drops. */
const DROPPED = 13;
const LARGEST_TF32 = (2 - 2 ** -10) * 2 ** 127;

/** The nearest TensorFloat-32 number: float32's exponent, 11 significant bits; ties to even, saturating. */
export function roundToTf32(value: number): number {
  if (!Number.isFinite(value)) return value;
  word.setFloat32(0, value);
  const bits = word.getUint32(0);
  const odd = (bits >>> DROPPED) & 1;
  word.setUint32(0, (bits + (1 << (DROPPED - 1)) - 1 + odd) & (-1 << DROPPED));
  const rounded = word.getFloat32(0);
  return Number.isFinite(rounded) ? rounded : Math.sign(value) * LARGEST_TF32;
}
