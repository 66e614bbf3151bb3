/** A kernel of resampling, by Pillow's names. */
export type ResizeFilter = "box" | "bilinear" | "hamming" | "bicubic" | "lanczos";

interface Kernel {
  /** The weight at a distance, in pixels of the result or, where it is larger, of the source. */
  readonly weight: (distance: number) => number;
  /** The distance from which the weight is 0. */
  readonly support: number;
}

/**
 * The kernels of Pillow's `Image.Resampling`.
 *
 * Sources: Keys, Cubic convolution interpolation for digital image processing (1981), with a = −1/2; Duchon, Lanczos
 * filtering in one and two dimensions (1979).
 */
export const kernels: Readonly<Record<ResizeFilter, Kernel>> = Object.freeze({
  box: { support: 0.5, weight: (x) => (x > -0.5 && x <= 0.5 ? 1 : 0) },
  bilinear: { support: 1, weight: (x) => Math.max(0, 1 - Math.abs(x)) },
  hamming: { support: 1, weight: hamming },
  bicubic: { support: 2, weight: (x) => bicubic(Math.abs(x)) },
  lanczos: { support: 3, weight: (x) => (x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0) },
});

/** Pillow has these two coefficients in single precision. */
const [HAMMING_MEAN, HAMMING_COSINE] = [Math.fround(0.54), Math.fround(0.46)];

function hamming(x: number): number {
  if (x === 0) return 1;
  if (Math.abs(x) >= 1) return 0;
  const angle = Math.abs(x) * Math.PI;
  return (Math.sin(angle) / angle) * (HAMMING_MEAN + HAMMING_COSINE * Math.cos(angle));
}

const A = -0.5;

function bicubic(x: number): number {
  if (x < 1) return ((A + 2) * x - (A + 3)) * x * x + 1;
  return x < 2 ? (((x - 5) * x + 8) * x - 4) * A : 0;
}

function sinc(x: number): number {
  if (x === 0) return 1;
  const angle = x * Math.PI;
  return Math.sin(angle) / angle;
}
