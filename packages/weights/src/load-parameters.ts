import { sameShape, type Parameters, type Shape, type TensorOf } from "@isoconv/core-spec";
import { mismatchError, type Mismatch } from "./mismatch.js";
import type { SafetensorsFile } from "./read-safetensors.js";
import { isDecodableFloat, type StoredTensor } from "./stored-tensor.js";

/** A parameter a network wants: a graph's `parameters` fit. */
export interface ParameterSpec {
  readonly name: string;
  readonly shape: Shape;
}

export interface LoadOptions {
  /**
   * Names to treat as if neither the network nor the file had them, such as the classifier's when fine-tuning.
   * `*.num_batches_tracked`, PyTorch's training counter, always is.
   */
  readonly ignore?: ((name: string) => boolean) | undefined;
}

/**
 * Picks a network's parameters from a file by name, as float32: `F32` as lazy views of the file where aligned,
 * `F16`, `BF16` and `F64` converted.
 *
 * @throws IsoconvError `INVALID_WEIGHTS`, one for all missing, unexpected, misshapen and non-float tensors together
 */
export function loadParameters(
  specs: readonly ParameterSpec[],
  file: SafetensorsFile,
  { ignore = () => false }: LoadOptions = {},
): Parameters {
  const ignored = (name: string): boolean => isBatchCounter(name) || ignore(name);
  const wanted = specs.filter(({ name }) => !ignored(name));
  const wantedNames = new Set(wanted.map(({ name }) => name));
  const found: [name: string, tensor: StoredTensor][] = [];
  const missing: ParameterSpec[] = [];
  const misshapen: Mismatch["misshapen"][number][] = [];
  for (const spec of wanted) {
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
    throw mismatchError({ missing, unexpected, misshapen, notFloat });
  }
  return Object.fromEntries(found.map(([name, tensor]): [string, TensorOf<"float32">] => [name, tensor.toFloat32()]));
}

function isBatchCounter(name: string): boolean {
  return name === "num_batches_tracked" || name.endsWith(".num_batches_tracked");
}
