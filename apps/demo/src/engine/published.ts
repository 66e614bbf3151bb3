import { publishedWeights, type PretrainedWeights } from "@isoconv/zoo";
import type { NetworkChoice } from "./network.js";

/**
 * The published weights that a file is assumed to be: those of the network, if it has the same number of classes and
 * channels. Only the network's options, the preprocessing and the class names are used, which all versions share.
 */
export function publishedFor({ model, layers, weights }: Omit<NetworkChoice, "size">): PretrainedWeights | undefined {
  if (layers !== undefined || weights.kind !== "file") return undefined;
  return weights.counts === undefined ? undefined : publishedWeights(model, weights.counts);
}
