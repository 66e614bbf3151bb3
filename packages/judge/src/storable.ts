import type { ArithmeticClass, Tensor, Tensors } from "@isoconv/core-spec";
import { roundToHalf } from "./half.js";
import type { FilledNetwork } from "./network/network-spec.js";

/** The format in which a class of arithmetic stores tensors. */
export function storageOf(arithmetic: ArithmeticClass): "half" | "single" {
  return arithmetic === "f16" || arithmetic === "f16-storage" ? "half" : "single";
}

/** A network whose tensors contain only numbers that the class can store, so that storing them causes no error. */
export function storable(network: FilledNetwork, arithmetic: ArithmeticClass): FilledNetwork {
  if (storageOf(arithmetic) === "single") return network;
  return { ...network, parameters: allHalf(network.parameters), feeds: allHalf(network.feeds) };
}

function allHalf(tensors: Tensors): Tensors {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, toHalf(tensor)]));
}

function toHalf(tensor: Tensor): Tensor {
  return tensor.dtype === "float32" ? { ...tensor, data: tensor.data.map(roundToHalf) } : tensor;
}

/** Exact values as the class stores them. */
export function store(values: Float64Array, arithmetic: ArithmeticClass): Float32Array {
  return storageOf(arithmetic) === "half" ? Float32Array.from(values, roundToHalf) : new Float32Array(values);
}
