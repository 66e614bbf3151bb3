import type { ConcreteShape } from "@isoconv/core-spec";
import type { ParameterSpec } from "@isoconv/nn";
import { renameTensors, type WeightsFile } from "@isoconv/weights";
import type { DroppedTensor } from "./dropped.js";
import type { NamingName } from "./naming.js";
import type { NetworkNames } from "./network-names.js";
import { readNames } from "./read-names.js";

/** The parameters of a network: those to load, and those of parts that are not loaded. */
export interface NetworkParameters {
  readonly needed: readonly ParameterSpec[];
  readonly unused: readonly ParameterSpec[];
}

/** A file with its tensors in a network's own names and shapes, as far as the rules match. */
export interface AdaptedCheckpoint {
  readonly file: WeightsFile;
  /** The names in the original file, by the names in `file`. */
  readonly given: ReadonlyMap<string, string>;
  readonly prefix: string;
  readonly naming: NamingName;
  readonly dropped: readonly DroppedTensor[];
}

/**
 * Renames the file's tensors to the network's names by the rules of {@link readNames}. Nothing is copied here: a tensor
 * whose elements are in another order is put in order each time it is read. `loadParameters` checks whether the file fits.
 *
 * @throws IsoconvError `INVALID_WEIGHTS` when two tensors get the same name
 */
export function adaptCheckpoint({ needed, unused }: NetworkParameters, file: WeightsFile): AdaptedCheckpoint {
  const shapes = storedShapes([...needed, ...unused]);
  const { kept, ...reading } = readNames(namesOf({ needed, unused }), [...file.tensors.keys()]);
  const names = new Map(kept.map(({ given, name }) => [given, name]));
  const renamed = renameTensors(file, (given) => names.get(given));
  const adapts = new Map(kept.map(({ name, adapt }) => [name, adapt]));
  const tensors = new Map(
    [...renamed.tensors].map(([name, tensor]) => {
      const [adapt, shape] = [adapts.get(name), shapes.get(name)];
      return [name, adapt === undefined || shape === undefined ? tensor : adapt(tensor, shape)];
    }),
  );
  return { file: { ...file, tensors }, given: new Map(kept.map(({ given, name }) => [name, given])), ...reading };
}

/** The names of the tensors that a file contains. */
export function namesOf({ needed, unused }: NetworkParameters): NetworkNames {
  return { needed: new Set(storedShapes(needed).keys()), unused: new Set(storedShapes(unused).keys()) };
}

/**
 * The tensors that a file must contain, by name. Constants are not in a file, because the network contains their
 * values.
 */
export function storedShapes(parameters: readonly ParameterSpec[]): ReadonlyMap<string, ConcreteShape> {
  return new Map(parameters.filter((spec) => !("value" in spec)).map(({ name, shape }) => [name, shape]));
}
