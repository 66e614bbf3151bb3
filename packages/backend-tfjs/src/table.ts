import type { KernelTable } from "@isoconv/core-spec";
import type { Device } from "./device.js";
import { activations } from "./ops/activations.js";
import { convolutions } from "./ops/convolution.js";
import { linears } from "./ops/dense.js";
import { arithmetic } from "./ops/elementwise.js";
import { movements } from "./ops/movement.js";
import { normalisations } from "./ops/normalisation.js";
import { pools } from "./ops/pooling.js";
import { reductions } from "./ops/reduction.js";
import type { Value } from "./value.js";

/** Every operation on a TensorFlow.js backend. */
export function kernelTable(device: Device): KernelTable<Value> {
  return {
    ...convolutions(device),
    ...linears(device),
    ...pools(device),
    ...normalisations(device),
    ...arithmetic(device),
    ...activations(device),
    ...movements(device),
    ...reductions(device),
  };
}
