import type { Feeds, Parameters } from "@isoconv/core-spec";
import { inputOf, type ModelGolden } from "@isoconv/goldens";
import { initParameters, schemes, uniformWithin } from "@isoconv/nn";
import { createModel, type Model } from "@isoconv/zoo";

/** The network that PyTorch ran, built by the zoo. */
export interface GoldenNetwork {
  readonly model: Model;
  readonly parameters: Parameters;
  readonly feeds: Feeds;
}

export function goldenNetwork(golden: ModelGolden): GoldenNetwork {
  const { options, seed, gain = 2 } = golden;
  const [, channels, height, width] = golden.inputShape;
  const model = createModel(golden.model, { ...options, channels, height, width });
  const weight = uniformWithin(({ fanIn }) => Math.sqrt((3 * gain) / fanIn));
  const parameters = initParameters(model.parameters, { seed, scheme: { ...schemes.conformance, weight } });
  return { model, parameters, feeds: { input: inputOf(golden) } };
}
