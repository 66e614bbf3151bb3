import { checkOptions, IsoconvError, isIsoconvError, type Parameters } from "@isoconv/core-spec";
import { readWeights, type ReadWeights } from "@isoconv/weights";
import type { CheckpointOptions } from "../checkpoint/checkpoint-options.js";
import { loadCheckpoint, type CheckpointReading } from "../checkpoint/load-checkpoint.js";
import { createModel, type ModelOptions } from "../create-model.js";
import type { Model } from "../model.js";
import {
  fetchChecks,
  fetchPretrained,
  type FetchedPretrained,
  type FetchPretrainedOptions,
} from "./fetch-pretrained.js";
import { imagenetClasses } from "./imagenet-classes.js";
import type { Preprocessing } from "./pretrained-weights.js";

export { fetchPretrained, type FetchedPretrained, type FetchPretrainedOptions };
export { findPretrained } from "./find-pretrained.js";
export type { Endpoints } from "./endpoints.js";

export interface LoadPretrainedOptions
  extends FetchPretrainedOptions, Pick<CheckpointOptions, "freshHead" | "adaptChannels"> {
  /** With what the network is built, for example another size or features. The weights' own options need not be named. */
  readonly network?: ModelOptions | undefined;
}

/** A network with its published weights. */
export interface LoadedPretrained extends Omit<FetchedPretrained, "source"> {
  readonly model: Model;
  readonly parameters: Parameters;
  /** How to make the network's input of a picture. */
  readonly preprocessing: Preprocessing;
  /** The names of the classes, in the order of the logits; empty if the head is fresh. */
  readonly classes: readonly string[];
  /** How the file's tensors were read. */
  readonly checkpoint: CheckpointReading;
}

/**
 * A network of the zoo with published weights, which are downloaded into the cache unless they are there.
 *
 * @param name of the network, such as `resnet18`
 * @throws IsoconvError `DOWNLOAD_FAILED` if no file can be had, `ABORTED`; `INVALID_ATTRIBUTE` for a network without
 *   published weights, and for an unknown or wrong option; `INVALID_WEIGHTS` if the network was built for another number
 *   of classes or channels without `freshHead` or `adaptChannels`
 */
export async function loadPretrained(name: string, options: LoadPretrainedOptions = {}): Promise<LoadedPretrained> {
  checkOptions(
    options,
    { known: { ...fetchChecks, network: true, freshHead: true, adaptChannels: true } },
    { op: "loadPretrained" },
  );
  const { network, freshHead, adaptChannels, ...fetching } = options;
  const { weights, file, source } = await fetchPretrained(name, fetching);
  const model = createModel(name, { ...weights.options, ...network });
  const read = await readCached(file.url, source, options.signal);
  const { parameters, ...checkpoint } = loadCheckpoint(model, read, { freshHead, adaptChannels });
  const classes = freshHead === undefined ? imagenetClasses : [];
  return { model, parameters, preprocessing: weights.preprocessing, classes, weights, file, checkpoint };
}

/** A damaged file would be taken from the cache again. */
async function readCached(url: string, source: URL | Blob, signal: AbortSignal | undefined): Promise<ReadWeights> {
  try {
    return await readWeights(url, source, { signal });
  } catch (error) {
    if (!isIsoconvError(error, "INVALID_WEIGHTS") && !isIsoconvError(error, "INVALID_FILE")) throw error;
    throw new IsoconvError(error.code, {
      path: source instanceof URL ? source.href : url,
      what: error.message.replace(`${error.code}: `, ""),
      hint: "Remove the file from the cache, and it is downloaded again",
      cause: error,
    });
  }
}
