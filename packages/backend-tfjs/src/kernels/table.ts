import type { KernelTable } from "@isoconv/core-spec";
import type { Device } from "../device.js";
import { activations } from "./activations.js";
import { convolutions } from "./convolution.js";
import { linears } from "./dense.js";
import { arithmetic } from "./elementwise.js";
import { movements } from "./movement.js";
import { normalisations } from "./normalisation.js";
import { pools } from "./pooling.js";
import { reductions } from "./reduction.js";
import type { Value } from "../value.js";

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
