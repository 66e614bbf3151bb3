import type { Device, DeviceArray } from "../device.js";
import type { Affine } from "./layer-norm.js";

interface Statistics extends Affine {
  readonly mean: DeviceArray;
  readonly variance: DeviceArray;
}

/** Normalises the rows of a matrix, whose columns are the channels. */
export function batchNorm(device: Device, rows: DeviceArray, statistics: Statistics, epsilon: number): DeviceArray {
  const { mean, variance, scale, offset } = statistics;
  if (!device.runtime.traits.affineBatchNorm) {
    return device.run("FusedBatchNorm", { x: rows, mean, variance, scale, offset }, { varianceEpsilon: epsilon });
  }
  // y = slope·x + shift with slope = scale/√(variance + ε), shift = offset − mean·slope. All passes but two are over
  // vectors, and those two run ten times faster than the kernel on wasm.
  const deviation = device.run("Sqrt", { x: device.run("Add", { a: variance, b: device.scalar(epsilon) }) });
  const slope = device.run("RealDiv", { a: scale ?? device.scalar(1), b: deviation });
  const moved = device.run("Multiply", { a: mean, b: slope });
  const shift = device.run("Sub", { a: offset ?? device.scalar(0), b: moved });
  const scaled = device.run("Multiply", { a: rows, b: slope });
  return device.run("Add", { a: scaled, b: shift });
}
