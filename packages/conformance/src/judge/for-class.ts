import { fastConvolutionLoss, type Capabilities } from "@isoconv/core-spec";
import { roundoffs } from "../arithmetic.js";
import { noiseAllowance, type Reference } from "../end-to-end.js";
import { storageOf } from "./storable.js";

/**
 * What a backend of that class is held to. The noise floor was sampled in float32, summed directly; a coarser class rounds
 * in proportion, and storing in half precision rounds even where nothing is summed and the floor is 0.
 */
export function forClass(
  reference: Reference,
  { arithmetic, convAlgorithm }: Pick<Capabilities, "arithmetic" | "convAlgorithm">,
): Reference {
  const { input, accumulate, output } = roundoffs[arithmetic];
  const coarser = Math.max(input, accumulate, output) / roundoffs.f32.accumulate;
  const loss = convAlgorithm === "fast" ? fastConvolutionLoss : 1;
  const stored = storageOf(arithmetic) === "half" ? output / noiseAllowance : 0;
  return { ...reference, noiseFloor: reference.noiseFloor * coarser * loss + stored };
}
