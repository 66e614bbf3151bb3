import { IsoconvError, ownValue, type Graph, type Parameters, type Tensor } from "@isoconv/core-spec";
import type { ExternalData } from "./external-data.js";
import type { TensorProto } from "../model/protos.js";
import { bytesOf, embeddedTensor, externalTensor } from "../model/tensors.js";

export interface LoweredParameters {
  readonly initializers: readonly TensorProto[];
  readonly externalData: readonly ExternalData[];
  /** Total bytes of all parameters. */
  readonly bytes: number;
}

/** A parameter smaller than this stays in the model even if others do not. */
const SMALL = 1024;

/**
 * The used parameters as constants of the model. Beyond `threshold` bytes in total they go beside it, so that they are
 * not copied into the encoded model, which may not exceed 2 GB.
 */
export function lowerParameters(
  graph: Graph,
  parameters: Parameters,
  isUsed: (name: string) => boolean,
  threshold: number,
): LoweredParameters {
  const used = graph.parameters
    .filter(({ name }) => isUsed(name))
    .map(({ name }) => ({ name, ...floatParameter(parameters, name) }));
  const bytes = used.reduce((total, { data }) => total + data.byteLength, 0);
  const externalData: ExternalData[] = [];
  const initializers = used.map(({ name, shape, data }, index) => {
    if (bytes <= threshold || data.byteLength < SMALL) return embeddedTensor(name, shape, data);
    const path = `${index}-${name.replaceAll(/[^\w.-]/g, "_")}.bin`;
    externalData.push({ path, data: bytesOf(data) });
    return externalTensor(name, shape, path, data.byteLength);
  });
  return { initializers, externalData, bytes };
}

function floatParameter(parameters: Parameters, name: string): Tensor & { readonly dtype: "float32" } {
  const tensor = ownValue(parameters, name);
  if (tensor?.dtype === "float32") return tensor;
  throw new IsoconvError("INVALID_WEIGHTS", {
    path: `parameters["${name}"]`,
    what: tensor === undefined ? "parameter missing" : "parameter of the wrong dtype",
    expected: "a float32 tensor",
    received: tensor,
  });
}
