import { fastConvolutionLoss, type Capabilities } from "@isoconv/core-spec";
import { roundoffs } from "./arithmetic.js";
import { storageOf } from "./storable.js";

/** A correct backend stays within this many noise floors. */
export const noiseAllowance = 8;

/** What of a backend decides how much it may round. */
export type Rounding = Pick<Capabilities, "arithmetic" | "convAlgorithm">;

/**
 * The noise floor of a class of arithmetic, from one that was sampled in float32, summed directly: a coarser class rounds
 * in proportion, and storing in half precision rounds even where nothing is summed and the floor is 0.
 */
export function classNoiseFloor(sampled: number, { arithmetic, convAlgorithm }: Rounding): number {
  const { input, accumulate, output } = roundoffs[arithmetic];
  const coarser = Math.max(input, accumulate, output) / roundoffs.f32.accumulate;
  const loss = convAlgorithm === "fast" ? fastConvolutionLoss : 1;
  const stored = storageOf(arithmetic) === "half" ? output / noiseAllowance : 0;
  return sampled * coarser * loss + stored;
}
