import { IsoconvError, type Parameters } from "@isoconv/core-spec";
import { initParameters, type ParameterSpec } from "@isoconv/nn";
import { loadParameters, type WeightsFile } from "@isoconv/weights";
import { createModel } from "../create-model.js";
import type { Model, NetworkOptions } from "../model.js";
import { adaptChannels, rgbParameters } from "./adapt-channels.js";
import { adaptCheckpoint, type AdaptedCheckpoint } from "./adapt-checkpoint.js";
import { checkCheckpointOptions, type CheckpointOptions, type TensorSelection } from "./checkpoint-options.js";
import type { DroppedTensor } from "./dropped.js";
import { explainMismatch } from "./explain-mismatch.js";
import type { NamingName } from "./naming.js";
import { axesByOption, optionsOf } from "./parameters-by-option.js";
import { fittingOptions } from "./recognise-checkpoint.js";
import { selectTensors, type SelectedTensors } from "./select-tensors.js";

/** A network's parameters, and how they were found in the file. */
export interface LoadedCheckpoint extends CheckpointReading {
  readonly parameters: Parameters;
}

/** What was done to a file's tensors; plain data. */
export interface CheckpointReading {
  /** How the file names its tensors; `pytorch` if as the network does. */
  readonly naming: NamingName;
  /** What was taken off the names, such as `module.`; empty if nothing was. */
  readonly prefix: string;
  /** The tensors with another name in the network, apart from the prefix. */
  readonly renamed: readonly RenamedTensor[];
  /** The tensors that are not loaded; PyTorch's counter `num_batches_tracked` is not listed. */
  readonly dropped: readonly DroppedTensor[];
  /** Names in the network of the parameters with new values, which are not from the file. */
  readonly fresh: readonly string[];
  /** Names in the network of the parameters that were made for another number of channels. */
  readonly adapted: readonly string[];
}

/** A tensor that the network calls otherwise. */
export interface RenamedTensor {
  /** The name in the file. */
  readonly from: string;
  /** The name in the network. */
  readonly to: string;
}

/** The numbers of classes and channels of a checkpoint. */
export type CheckpointCounts = Pick<NetworkOptions, "classes" | "channels">;

/**
 * A network's parameters from a file that names them as PyTorch does, or as timm, Hugging Face, or older files do: the
 * README lists the namings and the rules. Only the names decide how the file is read; names that match no rule are an
 * error. No tensor is copied that `loadParameters` would not copy, except for `adaptChannels`.
 *
 * @param network a model, or the name of one with its defaults
 * @throws IsoconvError `INVALID_WEIGHTS` when the file does not fit, with a hint for the network that it fits, or when
 *   two of its tensors are the same parameter; `INVALID_ATTRIBUTE` for an unknown name, a wrong option, or a prefix or a
 *   glob that no tensor has
 */
export function loadCheckpoint(
  network: Model | string,
  file: WeightsFile,
  options: CheckpointOptions = {},
): LoadedCheckpoint {
  checkCheckpointOptions(options);
  const model = typeof network === "string" ? createModel(network) : network;
  const selected = selectTensors(file, options);
  const head = options.freshHead === undefined ? [] : headOf(model);
  const fresh = options.freshHead === undefined ? {} : initParameters(head, options.freshHead);
  const parts = {
    needed: model.parameters.filter((spec) => !head.includes(spec)),
    unused: [...model.omitted, ...head],
  };
  const adapted = adaptCheckpoint(parts, selected.file);
  const rgb = options.adaptChannels === true ? rgbParameters(model, adapted.file) : [];
  const shapes = new Map(rgb.map(({ spec, shape }) => [spec.name, shape]));
  const loaded = loadParameters(
    parts.needed.map((spec) => ({ ...spec, shape: shapes.get(spec.name) ?? spec.shape })),
    adapted.file,
    { network: model.name, explain: () => explainMismatch(model, parts, selected.file, adapted) },
  );
  return {
    parameters: { ...loaded, ...adaptChannels(loaded, rgb), ...fresh },
    ...describeReading(selected, adapted),
    fresh: Object.keys(fresh),
    adapted: [...shapes.keys()],
  };
}

/**
 * How many classes and channels a network must have to load a file; undefined if no numbers fit.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for an unknown name, or a prefix or a glob that no tensor has
 */
export function checkpointCounts(
  network: Model | string,
  file: WeightsFile,
  { prefix, ignore, rename }: TensorSelection = {},
): CheckpointCounts | undefined {
  checkCheckpointOptions({ prefix, ignore, rename });
  const model = typeof network === "string" ? createModel(network) : network;
  const selected = selectTensors(file, { prefix, ignore, rename });
  const options = fittingOptions(model.name, optionsOf(model), selected.file);
  return options === undefined ? undefined : { classes: options.classes, channels: options.channels };
}

/** The parameters whose shapes depend on the number of classes. */
function headOf(model: Model): readonly ParameterSpec[] {
  const axes = axesByOption(model, "classes");
  const head = model.parameters.filter(({ name }) => axes.has(name));
  if (head.length > 0) return head;
  throw new IsoconvError("INVALID_ATTRIBUTE", {
    node: model.name,
    path: "options.freshHead",
    what: "the network has no head",
    expected: "a network whose head is not cut off by its features",
  });
}

function describeReading(
  selected: SelectedTensors,
  { prefix, naming, given, dropped }: AdaptedCheckpoint,
): Pick<CheckpointReading, "naming" | "prefix" | "renamed" | "dropped"> {
  const original = (name: string): string => selected.given.get(name) ?? name;
  const whole = selected.prefix + prefix;
  return {
    naming,
    prefix: whole,
    renamed: [...given]
      .map(([to, from]) => ({ from: original(from), to }))
      .filter(({ from, to }) => from !== whole + to),
    dropped: [...selected.dropped, ...dropped.map(({ name, why }) => ({ name: original(name), why }))],
  };
}
