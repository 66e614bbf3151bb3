import { elementCount, type ConcreteShape } from "@isoconv/core-spec";
import type { ParameterSpec } from "@isoconv/nn";
import { renameTensors, reshapeTensor, type SafetensorsFile, type StoredTensor } from "@isoconv/weights";
import { readNames, type CheckpointRule } from "./read-names.js";

/** A file with its tensors in a network's own names and shapes, as far as the rules match. */
export interface AdaptedCheckpoint {
  readonly file: SafetensorsFile;
  readonly rules: readonly CheckpointRule[];
  readonly dropped: readonly string[];
}

/**
 * Renames the file's tensors to the network's names by the rules of {@link readNames}. Nothing is copied.
 * `loadParameters` checks whether the file fits.
 *
 * @throws IsoconvError `INVALID_WEIGHTS` when two tensors get the same name
 */
export function adaptCheckpoint(parameters: readonly ParameterSpec[], file: SafetensorsFile): AdaptedCheckpoint {
  const shapes = storedShapes(parameters);
  const { rules, kept, dropped } = readNames(new Set(shapes.keys()), [...file.tensors.keys()]);
  const names = new Map(kept.map(({ given, name }) => [given, name]));
  const renamed = renameTensors(file, (given) => names.get(given));
  const reshaped = new Set(kept.filter((reading) => reading.reshaped).map(({ name }) => name));
  const tensors = new Map(
    [...renamed.tensors].map(([name, tensor]) => [
      name,
      reshaped.has(name) ? shapeAs(tensor, shapes.get(name)) : tensor,
    ]),
  );
  return { file: { ...file, tensors }, rules, dropped };
}

/**
 * The tensors that a file must contain, by name. Constants are not in a file, because the network contains their
 * values.
 */
export function storedShapes(parameters: readonly ParameterSpec[]): ReadonlyMap<string, ConcreteShape> {
  return new Map(parameters.filter((spec) => !("value" in spec)).map(({ name, shape }) => [name, shape]));
}

/** A layer with another number of outputs is another layer, even if the number of elements is the same. */
function shapeAs(tensor: StoredTensor, shape: ConcreteShape | undefined): StoredTensor {
  if (shape === undefined || shape[0] !== tensor.shape[0]) return tensor;
  return elementCount(shape) === elementCount(tensor.shape) ? reshapeTensor(tensor, shape) : tensor;
}
