import { trainedWeights, type TrainedWeights } from "@isoconv/zoo";

/** The weights that come with the zoo for a network. */
export function trainedFor(model: string): TrainedWeights | undefined {
  return trainedWeights.find((each) => each.model === model);
}
