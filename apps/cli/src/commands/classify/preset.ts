import { IsoconvError } from "@isoconv/core-spec";
import { findModel, pretrainedFor, publishedWeights, type PretrainedWeights } from "@isoconv/zoo";
import { findPretrained } from "@isoconv/zoo/pretrained";
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
 *   other classes and no preset says how pictures are prepared for them; `INVALID_ATTRIBUTE` if there is nothing to download
 */
export function presetFor(name: string, { weights, classes, preset }: PresetRequest): PretrainedWeights {
  const model = findModel(name);
  const published = new Map(pretrainedFor(model.name).map((each) => [each.name, each]));
  const names = [...published.keys()].join(", ");
  if (preset !== undefined) {
    const named = published.get(preset);
    if (named !== undefined) return named;
    throw new UsageError(`--preset: ${model.name} has ${names === "" ? "no published weights" : names}, got ${preset}`);
  }
  const downloaded = weights === undefined ? undefined : pretrainedName(weights);
  if (downloaded !== undefined) return findPretrained(model.name, downloaded === "" ? undefined : downloaded);
  const counts = { classes: classes ?? model.defaults.classes, channels: model.defaults.channels };
  const found = publishedWeights(model.name, counts, weights);
  if (found !== undefined) return found;
  throw new IsoconvError("INVALID_WEIGHTS", {
    node: model.name,
    what: "the preprocessing of the pictures is not known",
    expected:
      names === "" ? "a network with published weights" : `${names} with --preset, if the training used the same`,
    hint: names === "" ? "Use isoconv run with tensors of your own preprocessing" : undefined,
  });
}
