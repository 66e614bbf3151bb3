import { sameShape, type ConcreteShape } from "@isoconv/core-spec";
import { isBatchCounter, type WeightsFile } from "@isoconv/weights";
import { createModel, findModel } from "../create-model.js";
import type { ImageSize, NetworkOptions } from "../model.js";
import { models } from "../models.js";
import { adaptCheckpoint, storedShapes, type NetworkParameters } from "./adapt-checkpoint.js";
import { readNames } from "./read-names.js";
import { MOST_TENSORS } from "./select-tensors.js";

/** A network of the zoo that a file fits, with the options to build it. */
export interface RecognisedCheckpoint {
  readonly model: string;
  readonly options: NetworkOptions;
}

/**
 * Every network of the zoo that the file fits, with any number of classes and channels. It builds most networks to
 * compare them.
 */
export function recogniseCheckpoint(file: WeightsFile): readonly RecognisedCheckpoint[] {
  if (file.tensors.size > MOST_TENSORS) return [];
  return models.flatMap(({ name, defaults }) => {
    const options = fittingOptions(name, defaults, file);
    return options === undefined ? [] : [{ model: name, options }];
  });
}

/**
 * The options with which a network fits a file: the numbers of classes and channels are read from the file's shapes.
 * Undefined if it does not fit for another reason.
 *
 * @param size of the images; some networks have linear layers that depend on it
 */
export function fittingOptions(
  name: string,
  { height, width }: Pick<ImageSize, "height" | "width">,
  file: WeightsFile,
): NetworkOptions | undefined {
  const { classes, channels } = findModel(name).defaults;
  const options = { classes, channels, height, width };
  const usual = parametersOf(name, options);
  if (!sameNames(usual, file)) return undefined;
  const { tensors } = adaptCheckpoint(wholeModel(name, options), file).file;
  const read = (option: "classes" | "channels"): number =>
    readExtent(usual, parametersOf(name, { ...options, [option]: options[option] + 1 }), tensors);
  const found = { ...options, classes: read("classes"), channels: read("channels") };
  return found.classes > 0 && found.channels > 0 && fits(name, found, file) ? found : undefined;
}

type Shapes = ReadonlyMap<string, ConcreteShape>;

function wholeModel(name: string, options: NetworkOptions): NetworkParameters {
  return { needed: createModel(name, options).parameters, unused: [] };
}

function parametersOf(name: string, options: NetworkOptions): Shapes {
  return storedShapes(createModel(name, options).parameters);
}

function sameNames(wanted: Shapes, { tensors }: WeightsFile): boolean {
  if (tensors.size < wanted.size) return false;
  const { kept } = readNames({ needed: new Set(wanted.keys()), unused: new Set() }, [...tensors.keys()]);
  const names = kept.map(({ name }) => name).filter((name) => !isBatchCounter(name));
  return (
    names.length === wanted.size && names.every((name) => wanted.has(name)) && new Set(names).size === names.length
  );
}

/** The file's extent at the first position where the network's shapes depend on the number of classes or channels. */
function readExtent(usual: Shapes, more: Shapes, tensors: WeightsFile["tensors"]): number {
  for (const [name, shape] of usual) {
    const axis = shape.findIndex((extent, index) => extent !== more.get(name)?.[index]);
    if (axis !== -1) return tensors.get(name)?.shape[axis] ?? 0;
  }
  return 0;
}

function fits(name: string, options: NetworkOptions, file: WeightsFile): boolean {
  const parts = wholeModel(name, options);
  const { tensors } = adaptCheckpoint(parts, file).file;
  return [...storedShapes(parts.needed)].every(([key, shape]) => sameShape(shape, tensors.get(key)?.shape ?? []));
}
