import { IsoconvError } from "@isoconv/core-spec";
import { findModel, pretrainedFor, publishedWeights, type PretrainedWeights } from "@isoconv/zoo";
import { pretrainedName } from "../../pretrained.js";
import { UsageError } from "../../usage-error.js";

export interface PresetRequest {
  readonly weights: string | undefined;
  readonly classes: number | undefined;
  /** The name of published weights; undefined to choose. */
  readonly preset: string | undefined;
}

/**
 * The published weights of a network whose preprocessing and options its pictures need.
 *
 * @throws UsageError if the network has no weights of that name; IsoconvError `INVALID_WEIGHTS` if it has none, or if they are for
 *   other classes and the preprocessing of one's own weights is not known
 */
export function presetFor(name: string, { weights, classes, preset }: PresetRequest): PretrainedWeights {
  const model = findModel(name);
  const published = new Map(pretrainedFor(model.name).map((each) => [each.name, each]));
  const names = [...published.keys()].join(", ");
  const fetched = weights === undefined ? undefined : pretrainedName(weights);
  const newest = [...published.values()].at(-1);
  const named = preset === undefined && fetched === "" ? newest : published.get(preset ?? fetched ?? "");
  if (preset !== undefined && named === undefined) {
    throw new UsageError(`--preset: ${model.name} has ${names === "" ? "no published weights" : names}, got ${preset}`);
  }
  const counts = { classes: classes ?? model.defaults.classes, channels: model.defaults.channels };
  const found = named ?? publishedWeights(model.name, counts, weights);
  if (found !== undefined) return found;
  throw new IsoconvError("INVALID_WEIGHTS", {
    node: model.name,
    what: "the preprocessing of the pictures is not known",
    expected:
      names === "" ? "a network with published weights" : `${names} with --preset, if the training used the same`,
    hint: names === "" ? "Use isoconv run with tensors of your own preprocessing" : undefined,
  });
}
