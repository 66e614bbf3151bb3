import { trainedWeights, type TrainedWeights } from "@isoconv/zoo/trained-weights";

/** The weights of a network that come with the zoo. */
export function trainedFor(model: string): TrainedWeights | undefined {
  return trainedWeights.find((each) => each.model === model);
}
