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

/** A partial sum per lane of a vector unit, added at the end. */
export function lanesDot(lanes: number): Dot {
  return (x, w, length, bias) => {
    const sums = new Float32Array(lanes);
    for (let k = 0; k < length; k += 1) sums[k % lanes] += Math.fround(x[k] * w[k]);
    return Math.fround(sums.reduce((sum, lane) => Math.fround(sum + lane), 0) + bias);
  };
}

/** Sums of blocks of terms, added one after another, as a matrix product does that is cut along its inner extent. */
export function blocksDot(block: number): Dot {
  return (x, w, length, bias) => {
    let sum = 0;
    for (let from = 0; from < length; from += block) {
      sum = Math.fround(sum + sumOf(x, w, from, Math.min(from + block, length)));
    }
    return Math.fround(sum + bias);
  };
}

/** Pairwise summation: recursively adds the sums of the two halves, down to blocks that a loop adds. */
export function pairwiseDot(block: number): Dot {
  return (x, w, length, bias) => {
    const sum = (from: number, to: number): number => {
      if (to - from <= block) return sumOf(x, w, from, to);
      const middle = (from + to) >> 1;
      return Math.fround(sum(from, middle) + sum(middle, to));
    };
    return Math.fround(sum(0, length) + bias);
  };
}

function sumOf(x: Float32Array, w: Float32Array, from: number, to: number): number {
  let sum = 0;
  for (let k = from; k < to; k += 1) sum = Math.fround(sum + Math.fround(x[k] * w[k]));
  return sum;
}

/** Kahan's compensated summation: carries the rounding error of every addition to the next. */
export const kahanDot: Dot = (x, w, length, bias) => {
  let sum = bias;
  let lost = 0;
  for (let k = 0; k < length; k += 1) {
    const term = Math.fround(Math.fround(x[k] * w[k]) - lost);
    const next = Math.fround(sum + term);
    // ∞ − ∞ would turn an infinite sum into NaN.
    lost = Number.isFinite(next) ? Math.fround(Math.fround(next - sum) - term) : 0;
    sum = next;
  }
  return sum;
};

const word = new DataView(new ArrayBuffer(4));
/** Bits of float32's significand that TensorFloat-32 lacks. */
const TF32_DROPS = 13;

/** The TensorFloat-32 number next to zero's side: drops the bits beyond 11 significant ones. */
export function truncateToTf32(value: number): number {
  if (!Number.isFinite(value)) return value;
  word.setFloat32(0, value);
  word.setUint32(0, word.getUint32(0) & (-1 << TF32_DROPS));
  return word.getFloat32(0);
}

/**
 * The nearest number with float32's exponent and `dropped` bits of the significand less, at most 16; ties to even,
 * saturating at the largest of them.
 */
function roundSignificand(value: number, dropped: number): number {
  if (!Number.isFinite(value)) return value;
  word.setFloat32(0, value);
  const bits = word.getUint32(0);
  const odd = (bits >>> dropped) & 1;
  word.setUint32(0, (bits + (1 << (dropped - 1)) - 1 + odd) & (-1 << dropped));
  const rounded = word.getFloat32(0);
  return Number.isFinite(rounded) ? rounded : Math.sign(value) * (2 - 2 ** (dropped - 23)) * 2 ** 127;
}

/** The nearest TensorFloat-32 number: float32's exponent, 11 significant bits; ties to even, saturating. */
export function roundToTf32(value: number): number {
  return roundSignificand(value, TF32_DROPS);
}

/** The nearest bfloat16 number: float32's exponent, 8 significant bits; ties to even, saturating. */
export function roundToBfloat16(value: number): number {
  return roundSignificand(value, 16);
}
