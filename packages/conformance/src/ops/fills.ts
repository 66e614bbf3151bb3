import { type Fill, reals } from "@isoconv/judge";

/** Repeats the values. */
export const cycle = (...values: readonly number[]): Fill => ({ kind: "cycle", values });

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
