import type { Parameters } from "@isoconv/core-spec";
import { loadParameters, type SafetensorsFile } from "@isoconv/weights";
import { createModel, findModel } from "../create-model.js";
import type { Model, NetworkOptions } from "../model.js";
import { adaptCheckpoint } from "./adapt-checkpoint.js";
import type { CheckpointRule } from "./read-names.js";
import { fittingOptions, recogniseCheckpoint } from "./recognise-checkpoint.js";

/** A network's parameters, and how they were found in the file. */
export interface LoadedCheckpoint {
  readonly parameters: Parameters;
  /** The changes made to the file's names, the naming last; `pytorch` if they were the network's own. */
  readonly rules: readonly CheckpointRule[];
  /** Names in the file of tensors that the network does not use. */
  readonly dropped: readonly string[];
}

/** The numbers of classes and channels of a checkpoint. */
export type CheckpointCounts = Pick<NetworkOptions, "classes" | "channels">;

/**
 * A network's parameters from a file that names them as PyTorch does, or as timm, Hugging Face, or older files do. Only
 * the names decide how the file is read; names that match no rule are an error. No tensor is copied that
 * `loadParameters` would not copy.
 *
 * @param network a model, or the name of one with its defaults
 * @throws IsoconvError `INVALID_WEIGHTS` when the file does not fit, with a hint for the network that it fits, or when
 *   two of its tensors are the same parameter; `INVALID_ATTRIBUTE` for an unknown name
 */
export function loadCheckpoint(network: Model | string, file: SafetensorsFile): LoadedCheckpoint {
  const model = typeof network === "string" ? createModel(network) : network;
  const { file: adapted, rules, dropped } = adaptCheckpoint([...model.parameters, ...model.omitted], file);
  const omitted = new Set(model.omitted.map(({ name }) => name));
  const parameters = loadParameters(model.parameters, adapted, {
    network: model.name,
    ignore: (name) => omitted.has(name),
    explain: () => explainMismatch(model, file),
  });
  return { parameters, rules, dropped };
}

/**
 * How many classes and channels a network must have to load a file; undefined if no numbers fit.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for an unknown name
 */
export function checkpointCounts(network: Model | string, file: SafetensorsFile): CheckpointCounts | undefined {
  const model = typeof network === "string" ? createModel(network) : network;
  const options = fittingOptions(model.name, optionsOf(model), file);
  return options === undefined ? undefined : { classes: options.classes, channels: options.channels };
}

/** A hint for a file that does not fit: build the network with other options, or use the network of the file. */
function explainMismatch(model: Model, file: SafetensorsFile): string | undefined {
  const own = optionsOf(model);
  const rebuilt = fittingOptions(model.name, own, file);
  if (rebuilt !== undefined) {
    const changes = describeChanges(own, rebuilt);
    return changes === "" ? undefined : `The file fits ${model.name} with ${changes}`;
  }
  const recognised = recogniseCheckpoint(file).map(({ model: name, options }) => {
    const changes = describeChanges(name === model.name ? own : findModel(name).defaults, options);
    return changes === "" ? name : `${name} with ${changes}`;
  });
  return recognised.length === 0 ? undefined : `The file looks like ${recognised.join(" or ")}`;
}

function optionsOf({ classes, inputShape }: Model): NetworkOptions {
  const [, channels = 0, height = 0, width = 0] = inputShape.map(Number);
  return { classes, channels, height, width };
}

const COUNTS = ["classes", "channels", "height", "width"] as const;

function describeChanges(from: NetworkOptions, to: NetworkOptions): string {
  return COUNTS.filter((option) => from[option] !== to[option])
    .map((option) => `${option}: ${to[option]}`)
    .join(", ");
}
