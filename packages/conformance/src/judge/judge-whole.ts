import type { Capabilities } from "@isoconv/core-spec";
import { roundoffs } from "../arithmetic.js";
import { judgeEndToEnd, referenceResults, type Reference } from "../end-to-end.js";
import type { RunContext } from "../families/family.js";
import type { FilledNetwork } from "../plan/network-spec.js";
import { failed, passed, type Judgement } from "./judgement.js";

/** Holds a whole network's outputs to the noise floor, and to the same top class. */
export async function judgeWhole(key: string, network: FilledNetwork, context: RunContext): Promise<Judgement> {
  const { backend, capabilities, memo, signal } = context;
  const { graph, parameters, feeds } = network;
  const executable = await backend.compile(graph, parameters);
  try {
    const results = await executable.run(feeds, { signal });
    const references = await memo.recall(key, () => referenceResults(graph, parameters, feeds));
    for (const [name, reference] of references) {
      const got = results[name];
      if (got === undefined) return failed(`output "${name}": not returned`);
      const { agrees, deviation, bound, wrongTop1 } = judgeEndToEnd(got, forClass(reference, capabilities));
      if (agrees) continue;
      const top = wrongTop1.length === 0 ? "" : `; another top class in row ${wrongTop1.join(", ")}`;
      return failed(`output "${name}": expected max|y − ŷ|/max|ŷ| ≤ ${bound}, got ${deviation}${top}`);
    }
    return passed();
  } finally {
    await executable.dispose();
  }
}

/**
 * How much more a fast convolution may lose than a direct sum. An allowance, not a derived bound: Winograd's F(4×4, 3×3),
 * the least accurate in use, keeps within it.
 */
const FAST_LOSS = 14;

/** The noise floor was sampled in float32, summed directly; a coarser class rounds in proportion. */
function forClass(reference: Reference, { arithmetic, convAlgorithm }: Capabilities): Reference {
  const { input, accumulate, output } = roundoffs[arithmetic];
  const coarser = Math.max(input, accumulate, output) / roundoffs.f32.accumulate;
  const loss = convAlgorithm === "fast" ? FAST_LOSS : 1;
  return { ...reference, noiseFloor: reference.noiseFloor * coarser * loss };
}
