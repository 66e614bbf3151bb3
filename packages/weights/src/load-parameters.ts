import {
  checkOptions,
  float32,
  optionChecks,
  sameShape,
  type ConcreteShape,
  type KnownOptions,
  type Parameters,
  type Shape,
  type TensorOf,
} from "@isoconv/core-spec";
import { mismatchError, type Mismatch } from "./mismatch.js";
import type { WeightsFile } from "./weights-file.js";
import { isDecodableFloat, type StoredTensor } from "./stored-tensor.js";

/** A parameter a network wants: a graph's `parameters` fit, unless some of them are constants. */
export type WantedParameter = WantedTensor | WantedConstant;

/** A parameter that a file has to have. */
export interface WantedTensor {
  readonly name: string;
  readonly shape: Shape;
  readonly value?: undefined;
}

/** A constant of the network, which brings its elements along: files do not have it. */
export interface WantedConstant {
  readonly name: string;
  readonly shape: ConcreteShape;
  readonly value: readonly number[];
}

export interface LoadOptions {
  /**
   * Names to ignore in the network and in the file, for example the classifier's when fine-tuning.
   * `*.num_batches_tracked`, PyTorch's training counter, is always ignored.
   */
  readonly ignore?: ((name: string) => boolean) | undefined;
  /** The network's name, for the error. */
  readonly network?: string | undefined;
  /** Called when the file does not fit; returns advice for the error. */
  readonly explain?: (() => string | undefined) | undefined;
}

const OPTIONS: KnownOptions<LoadOptions> = {
  known: { ignore: optionChecks.function, network: optionChecks.text, explain: optionChecks.function },
};

/**
 * Picks a network's parameters from a file by name, as float32: `F32` as lazy views of the file where aligned, `F16`,
 * `BF16` and `F64` converted. Constants have the value of their spec, even if the file contains another.
 *
 * @throws IsoconvError `INVALID_WEIGHTS`, one for all missing, unexpected, misshapen and non-float tensors together;
 *   `INVALID_SHAPE` for a constant whose value does not fill its shape; `INVALID_ATTRIBUTE` for an unknown option
 */
export function loadParameters(
  specs: readonly WantedParameter[],
  file: WeightsFile,
  options: LoadOptions = {},
): Parameters {
  checkOptions(options, OPTIONS, { op: "loadParameters" });
  const { ignore = () => false, network, explain } = options;
  const ignored = (name: string): boolean => isBatchCounter(name) || ignore(name);
  const wanted = specs.filter(({ name }) => !ignored(name));
  const wantedNames = new Set(wanted.map(({ name }) => name));
  const found: [name: string, tensor: StoredTensor][] = [];
  const constants: [name: string, tensor: TensorOf<"float32">][] = [];
  const missing: WantedParameter[] = [];
  const misshapen: Mismatch["misshapen"][number][] = [];
  for (const spec of wanted) {
    if (spec.value !== undefined) {
      constants.push([spec.name, float32(spec.shape, spec.value)]);
      continue;
    }
    const tensor = file.tensors.get(spec.name);
    if (tensor === undefined) missing.push(spec);
    else if (!sameShape(tensor.shape, spec.shape)) misshapen.push({ spec, received: tensor.shape });
    else found.push([spec.name, tensor]);
  }
  const unexpected = [...file.tensors]
    .filter(([name]) => !wantedNames.has(name) && !ignored(name))
    .map(([name, { shape }]) => ({ name, shape }));
  const notFloat = found
    .filter(([, { dtype }]) => !isDecodableFloat(dtype))
    .map(([name, { dtype }]) => ({ name, dtype }));
  if (missing.length + unexpected.length + misshapen.length + notFloat.length > 0) {
    throw mismatchError({ missing, unexpected, misshapen, notFloat }, network, explain?.());
  }
  const loaded = found.map(([name, tensor]): [string, TensorOf<"float32">] => [name, tensor.toFloat32()]);
  return Object.fromEntries([...loaded, ...constants]);
}

/** Whether a tensor is PyTorch's count of training steps, `*.num_batches_tracked`, which no result depends on. */
export function isBatchCounter(name: string): boolean {
  return name === "num_batches_tracked" || name.endsWith(".num_batches_tracked");
}
