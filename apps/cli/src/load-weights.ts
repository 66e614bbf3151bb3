import { formatShape, IsoconvError, isIsoconvError, type Parameters } from "@isoconv/core-spec";
import type { FeedContext } from "@isoconv/inspect/warnings";
import { mobilenetV2 } from "@isoconv/mobilenet-v2";
import { initParameters } from "@isoconv/nn";
import { loadParameters, type WeightsFile } from "@isoconv/weights";
import {
  checkpointCounts,
  createModel,
  imagenetClasses,
  loadCheckpoint,
  OWN_FAMILY,
  pretrainedFor,
  publishedWeights,
  type CheckpointOptions,
  type CheckpointReading,
  type LoadedCheckpoint,
  type Model,
} from "@isoconv/zoo";
import { trainedWeights, type TrainedWeights } from "@isoconv/zoo/trained-weights";
import { fileURLToPath } from "node:url";
import { checkNoFlags, checkpointOptions, describeReading, type CheckpointFlags } from "./checkpoint-flags.js";
import { readTensorFile } from "./files.js";
import { fetchWithProgress, pretrainedName } from "./pretrained.js";
import type { Progress } from "./progress.js";
import { seedOf } from "./seed.js";
import { UsageError } from "./usage-error.js";

/** The trained weights that come with a network, if there are any. */
export function trainedFor(model: string): TrainedWeights | undefined {
  return trainedWeights.find((entry) => entry.model === model);
}

/** The shape `[1, C, H, W]` of the images that the trained weights are for. */
export function trainedShape(model: string): readonly number[] | undefined {
  const trained = trainedFor(model);
  if (trained === undefined) return undefined;
  return [1, ...createModel(model, trained.options).inputShape.slice(1).map(Number)];
}

/** Parameters and their description. */
export interface LoadedWeights {
  readonly parameters: Parameters;
  readonly description: string;
  /** The names of the classes; empty if unknown. */
  readonly classNames: readonly string[];
  /** How the images must be normalised, as far as it is known; undefined if they may be anything. */
  readonly normalisation: FeedContext["normalisation"];
  /** How the tensors of a file were read; absent for other weights. */
  readonly checkpoint?: CheckpointReading;
}

/** The weights that a command was given. */
export interface WeightsFlags extends CheckpointFlags {
  readonly weights: string | undefined;
}

/**
 * Parameters from a file, from `pretrained`, from `seed:N`, or the trained weights of the zoo. What was done to a file's
 * tensors is printed to stderr.
 *
 * @throws IsoconvError `INVALID_FILE`, `DOWNLOAD_FAILED`, `INVALID_WEIGHTS`, or `INVALID_FEED` if only the images' channels do not fit the
 *   file; UsageError for flags of a file without one
 */
export async function loadWeights(
  model: Model,
  { weights: source, ...flags }: WeightsFlags,
  progress?: Progress,
): Promise<LoadedWeights> {
  const seed = source === undefined ? undefined : seedOf(source);
  if (source === undefined || seed !== undefined) checkNoFlags(flags, "needs --weights with a file");
  if (seed !== undefined) {
    return {
      parameters: initParameters(model.parameters, { seed, scheme: "conformance" }),
      description: `seeded weights ${seed}`,
      classNames: [],
      normalisation: undefined,
    };
  }
  const trained = isOwn(model) ? undefined : trainedFor(model.name);
  if (source !== undefined) {
    const { path, title } = await weightsFile(model, source, progress);
    const file = await readTensorFile(path, "INVALID_WEIGHTS");
    if (isOwn(model)) {
      checkNoFlags(flags, "is for networks of the zoo");
      return loadOwnWeights(model, file, source);
    }
    const { parameters, ...checkpoint } = loadFile(model, file, source, checkpointOptions(flags));
    for (const line of describeReading(checkpoint)) process.stderr.write(`isoconv: ${path}: ${line}\n`);
    const channels = checkpoint.adapted.length > 0 ? RGB : Number(model.inputShape[1]);
    const published = publishedWeights(model.name, { classes: model.classes, channels });
    return {
      parameters,
      description: `${title}, names read as ${checkpoint.naming}`,
      classNames: published === undefined || checkpoint.fresh.length > 0 ? [] : imagenetClasses,
      normalisation: published?.preprocessing ?? "scaled",
      checkpoint,
    };
  }
  if (trained === undefined && isPackaged(model)) return loadPackaged(model);
  if (trained === undefined) {
    throw new IsoconvError("INVALID_WEIGHTS", {
      node: model.name,
      path: "--weights",
      what: "no trained weights come with this network",
      expected: "a file such as .safetensors or .pth with the names of PyTorch, or seed:N for random weights",
      hint: isOwn(model) ? undefined : publishedHint(model.name),
    });
  }
  const file = await readTensorFile(fileURLToPath(trained.weights), "INVALID_WEIGHTS");
  return {
    parameters: loadCheckpoint(model, file).parameters,
    description: `trained on ${trained.dataset}`,
    classNames: trained.classes,
    normalisation: "scaled",
  };
}

/** Whether the weights for ImageNet that come with the command are the network's. */
function isPackaged({ name, classes, inputShape }: Model): boolean {
  return name === mobilenetV2.model && classes === imagenetClasses.length && inputShape[1] === RGB;
}

async function loadPackaged(model: Model): Promise<LoadedWeights> {
  const file = await readTensorFile(fileURLToPath(mobilenetV2.weights), "INVALID_WEIGHTS");
  const published = publishedWeights(model.name, { classes: model.classes, channels: RGB });
  return {
    parameters: loadCheckpoint(model, file).parameters,
    description: `torchvision's ${mobilenetV2.pretrained} in float16`,
    classNames: imagenetClasses,
    normalisation: published?.preprocessing,
  };
}

/** Weights of a network that is not the zoo's: the names are its own. */
function loadOwnWeights(model: Model, file: WeightsFile, source: string): LoadedWeights {
  const omitted = new Set(model.omitted.map(({ name }) => name));
  const ignore = (name: string): boolean => omitted.has(name);
  return {
    parameters: loadParameters(model.parameters, file, { network: model.name, ignore }),
    description: source,
    classNames: [],
    normalisation: undefined,
  };
}

function isOwn({ family }: Model): boolean {
  return family === OWN_FAMILY;
}

function publishedHint(name: string): string | undefined {
  return pretrainedFor(name).length === 0 ? undefined : "--weights pretrained downloads published ones";
}

/** A file of weights, with what to call it. */
async function weightsFile(
  { name, family }: Model,
  source: string,
  progress: Progress | undefined,
): Promise<{ readonly path: string; readonly title: string }> {
  const published = pretrainedName(source);
  if (published === undefined) return { path: source, title: source };
  if (family === OWN_FAMILY) throw new UsageError(`--weights ${source} is for networks of the zoo`);
  const options = published === "" ? {} : { weights: published };
  const { path, weights } = await fetchWithProgress(name, options, progress);
  return { path, title: `${weights.name} (${path})` };
}

const RGB = 3;

/** Errors about the number of channels or classes name the option that sets it. */
function loadFile(model: Model, file: WeightsFile, source: string, options: CheckpointOptions): LoadedCheckpoint {
  try {
    return loadCheckpoint(model, file, options);
  } catch (error) {
    if (isIsoconvError(error, "INVALID_WEIGHTS")) checkCounts(model, file, source, options);
    throw error;
  }
}

function checkCounts(model: Model, file: WeightsFile, source: string, options: CheckpointOptions): void {
  const { prefix, ignore, rename } = options;
  const { classes = model.classes, channels = model.inputShape[1] } =
    checkpointCounts(model, file, { prefix, ignore, rename }) ?? {};
  if (channels !== model.inputShape[1]) {
    throw new IsoconvError("INVALID_FEED", {
      node: model.name,
      path: "--input",
      what: `the images do not have the number of channels that the weights of ${source} need`,
      expected: `N×${channels}×H×W`,
      received: formatShape(model.inputShape),
      hint: channels === RGB ? "--adapt-channels uses weights for RGB" : undefined,
    });
  }
  if (classes === model.classes || options.freshHead !== undefined) return;
  throw new IsoconvError("INVALID_WEIGHTS", {
    node: model.name,
    path: source,
    what: "the weights are for another number of classes",
    expected: `${model.classes} classes`,
    received: classes,
    hint: `Try --classes ${classes}, or --fresh-head 1 for a head that is not trained`,
  });
}
