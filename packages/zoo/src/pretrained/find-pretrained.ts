import { didYouMean, IsoconvError } from "@isoconv/core-spec";
import { findModel } from "../create-model.js";
import { pretrainedFor, pretrainedWeights } from "./pretrained.js";
import type { PretrainedWeights } from "./pretrained-weights.js";

/**
 * The published weights of a network with this name; the newest without one.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for an unknown network, one without published weights, and an unknown name
 */
export function findPretrained(model: string, name?: string): PretrainedWeights {
  const published = pretrainedFor(findModel(model).name);
  const found = name === undefined ? published.at(-1) : published.find((weights) => weights.name === name);
  if (found !== undefined) return found;
  const names = published.map((weights) => weights.name);
  throw new IsoconvError("INVALID_ATTRIBUTE", {
    node: model,
    path: published.length === 0 ? "name" : "options.weights",
    what: published.length === 0 ? "the network has no published weights" : "no such weights",
    expected: published.length === 0 ? "a network of pretrainedWeights" : names.join(" or "),
    received: name ?? model,
    hint:
      published.length === 0
        ? otherNetwork(model)
        : didYouMean(name, names, `There are ${names.join(", ")} of ${model}`),
  });
}

/** The book's networks are named as others are. */
function otherNetwork(model: string): string {
  const short = model.slice(model.lastIndexOf("/") + 1);
  return pretrainedWeights.some((weights) => weights.model === short && short !== model)
    ? `Did you mean "${short}"?`
    : "@isoconv/zoo/trained-weights has trained weights of d2l/lenet and d2l/densenet";
}
