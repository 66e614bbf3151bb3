import { fastConvolutionLoss, type Capabilities } from "@isoconv/core-spec";
import { roundoffs } from "./arithmetic.js";
import { storageOf } from "./storable.js";

/** A correct backend stays within this multiple of the noise floor. */
export const noiseAllowance = 8;

/** The capabilities that determine how much a backend may round. */
export type Rounding = Pick<Capabilities, "arithmetic" | "convAlgorithm">;

/**
 * The noise floor of a class of arithmetic, computed from one sampled in float32 with direct sums. A coarser class
 * rounds proportionally more, and storing in half precision rounds even if nothing is summed and the floor is 0.
 */
export function classNoiseFloor(sampled: number, { arithmetic, convAlgorithm }: Rounding): number {
  const { input, accumulate, output } = roundoffs[arithmetic];
  const coarser = Math.max(input, accumulate, output) / roundoffs.f32.accumulate;
  const loss = convAlgorithm === "fast" ? fastConvolutionLoss : 1;
  const stored = storageOf(arithmetic) === "half" ? output / noiseAllowance : 0;
  return sampled * coarser * loss + stored;
}
