import { elementCount } from "@isoconv/core-spec";
import { type Fill, reals } from "@isoconv/judge";

/** Repeats the values. */
export const cycle = (...values: readonly number[]): Fill => ({ kind: "cycle", values });
/** Places the values, in turn, at every `period`-th element from `start` on. */
export const interspersed = (base: Fill, values: readonly number[], period: number, start = 0): Fill => ({
  kind: "interspersed",
  base,
  values,
  period,
  ...(start === 0 ? {} : { start }),
});

/** The smallest and the largest positive float32. */
export const SMALLEST = 2 ** -149;
export const LARGEST = 3.4028234663852886e38;
export const NON_FINITE = [Number.NaN, Infinity, -Infinity] as const;
/** An odd number of values, so that they do not fall in step with vectors. The last elements of an array get the first ones. */
export const SPECIAL = [Number.NaN, Infinity, -0, -Infinity, SMALLEST, LARGEST, 0, -SMALLEST, -LARGEST] as const;
/** Those that are not subnormal: an odd number again. */
export const NORMAL = SPECIAL.filter((value) => Math.abs(value) !== SMALLEST);

/**
 * Numbers from ±2^`from` to below ±2^(`to` + 1), and many more where functions bend: ±12, where exponentials and their kin
 * neither vanish nor saturate, and ±100, where exponentials in float32 overflow and underflow. Runs of 61 elements shift
 * against vectors; they repeat after a prime number of elements.
 */
export const magnitudes = (from: number, to: number): Fill => ({
  kind: "repeated",
  base: {
    kind: "interleaved",
    fills: [
      { kind: "sweep", from, to },
      { kind: "uniform", low: -12, high: 12 },
      { kind: "sweep", from: -20, to: 6 },
      { kind: "uniform", low: -100, high: 100 },
    ],
    run: 61,
  },
  count: 16_381,
});
/** Numbers of every magnitude of float32. */
export const everyMagnitude = magnitudes(-149, 127);
/** Numbers of every magnitude but subnormals: a product may magnify what a backend with flushed subnormals drops. */
export const everyNormal = magnitudes(-126, 127);
/** Special values at each position of a vector, and in the last elements of the `count`, which may fill no vector. */
export const specialAmong = (
  base: Fill,
  count: number,
  period: number,
  values: readonly number[] = NON_FINITE,
): Fill => ({
  kind: "patched",
  base: interspersed(base, values, period),
  patches: values.map((value, k) => ({ index: count - 1 - k, value })),
});
/** Numbers of every magnitude, and special values, for a tensor of this shape. */
export const everything = (shape: readonly number[]): Fill =>
  specialAmong(everyMagnitude, elementCount(shape), 67, SPECIAL);
/** The same without subnormals. */
export const everythingNormal = (shape: readonly number[], period = 67): Fill =>
  specialAmong(everyNormal, elementCount(shape), period, NORMAL);

/** Runs of `run` elements, each of its own order of magnitude: 2^from, … 2^to, and again. */
export const binades = (run: number, from: number, to: number): Fill => ({
  kind: "interleaved",
  fills: exponents(from, to).map((exponent) => ({ kind: "uniform", low: -(2 ** exponent), high: 2 ** exponent })),
  run,
});
/** Runs of `run` elements within 1 of ±2^from, … ±2^to: a variance from squares loses more digits in each. */
export const farFromZero = (run: number, from: number, to: number): Fill => ({
  kind: "interleaved",
  fills: exponents(from, to).map((exponent) => {
    const mean = (-2) ** exponent;
    return { kind: "uniform", low: mean - 1, high: mean + 1 };
  }),
  run,
});
/** 2^from, … 2^to. */
export const powers = (from: number, to: number): Fill =>
  cycle(...exponents(from, to).map((exponent) => 2 ** exponent));

function exponents(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, k) => from + k);
}

/** In each row of `extent` elements one special value, `step` elements further on than in the row before. */
export const diagonal = (extent: number, step = 1, values: readonly number[] = NON_FINITE): Fill =>
  interspersed(reals, values, extent + step);

export const LARGE = 2 ** 100;
/** Large values whose differences are finite. */
export const farthest = cycle(1.6e38, -1.6e38, 1.6e38, 0, -1.6e38, 1);
/** Large values; sums of up to 64 of them are finite in any order. */
export const summable = cycle(5e36, -4e36, 5e36, 5e36, 3e36);
/** Values for which a float32 exponential overflows or underflows. */
export const saturating = cycle(1e4, -1e4, 88, -88, 104, -104, 0, Infinity, -Infinity, 20, -20);
/** Pairs that nearly cancel, so that a bound relative to the result would refuse a correct sum. */
export const cancelling = cycle(4096.25, -4096, 2048.5, -2048.75, 1, -0.5, 1024, -1024.125);

const WINDOWED: Readonly<Record<string, number>> = { nan: Number.NaN, inf: Infinity, minf: -Infinity };

interface WindowedValues {
  readonly name: string;
  readonly x: Fill;
}

/** For x: [6, 1, 2, 6] and 2×3 windows: each image has the value at another position of the first window, and none in the second. */
export const atEachPosition: readonly WindowedValues[] = Object.entries(WINDOWED).map(([name, value]) => ({
  name: `${name}-at-each-position`,
  x: {
    kind: "patched",
    base: reals,
    patches: Array.from({ length: 6 }, (_, n) => ({ index: n * 2 * 6 + Math.floor(n / 3) * 6 + (n % 3), value })),
  },
}));

/** For x: [4, 1, 5, 5] and windows that overhang every side: in each corner, and in the middle. */
export const besideThePads: readonly WindowedValues[] = Object.entries(WINDOWED).map(([name, value]) => ({
  name: `${name}-beside-the-pads`,
  x: {
    kind: "patched",
    base: reals,
    patches: [0, 4, 25 + 20, 50 + 24, 75 + 12].map((index) => ({ index, value })),
  },
}));
