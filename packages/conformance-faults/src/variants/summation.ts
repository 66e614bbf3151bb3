import {
  blocksDot,
  type Dot,
  exactDot,
  fusedDot,
  hostBackend,
  kahanDot,
  lanesDot,
  pairwiseDot,
  reversedDot,
  sequentialDot,
  type Variant,
} from "@isoconv/conformance/faults";
import { stepwiseSums } from "../stepwise.js";

/** The correct backend with all sums computed by `dot`, and everything else on the way in float32. */
function variantOf(name: string, difference: string, dot: Dot): Variant {
  const kernels = stepwiseSums({ dot, round: Math.fround });
  return { name, difference, create: async () => hostBackend(`variant/${name}`, { kernels }) };
}

export const sequentialSums = variantOf("sequential-sums", "Sums are plain float32 loops.", sequentialDot);
export const reversedSums = variantOf("reversed-sums", "Sums run from the last term to the first.", reversedDot);
export const fusedSums = variantOf("fused-sums", "Every term is a fused multiply-add.", fusedDot);
export const float64Sums = variantOf("float64-sums", "Sums are formed in float64 and rounded once.", exactDot);
export const kahanSums = variantOf("kahan-sums", "Sums carry their rounding errors along, as Kahan's do.", kahanDot);

export const lanes: readonly Variant[] = [8, 16].map((count) =>
  variantOf(`${count}-lane-sums`, `Sums have ${count} partial sums, like those of vector units.`, lanesDot(count)),
);

export const blocks: readonly Variant[] = [4, 32, 256].map((block) =>
  variantOf(
    `sums-in-blocks-of-${block}`,
    `Sums of ${block} terms are added up, as in a matrix product that is cut along its inner extent.`,
    blocksDot(block),
  ),
);

export const pairwise: readonly Variant[] = [1, 2, 4, 8, 16, 32, 128].map((block) =>
  variantOf(
    `pairwise-sums-${block}`,
    block === 1 ? "Sums are binary trees." : `Sums are binary trees over loops of ${block} terms.`,
    pairwiseDot(block),
  ),
);
