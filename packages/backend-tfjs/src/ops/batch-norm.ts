import { elementCount } from "@isoconv/core-spec";
import type { Device, DeviceArray } from "../device.js";

interface Statistics {
  readonly mean: DeviceArray;
  readonly variance: DeviceArray;
  readonly scale?: DeviceArray;
  readonly offset?: DeviceArray;
}

/** Normalises along the last axis. */
export function batchNorm(device: Device, x: DeviceArray, statistics: Statistics, epsilon: number): DeviceArray {
  const { mean, variance, scale, offset } = statistics;
  if (!device.runtime.traits.affineBatchNorm) {
    return device.run("FusedBatchNorm", { x, mean, variance, scale, offset }, { varianceEpsilon: epsilon });
  }
  // y = slope·x + shift with slope = scale/√(variance + ε), shift = offset − mean·slope: all but two passes are over
  // vectors, and those two run ten times faster than the kernel on wasm.
  const deviation = device.run("Sqrt", { x: device.run("Add", { a: variance, b: device.scalar(epsilon) }) });
  const slope = device.run("RealDiv", { a: scale ?? device.scalar(1), b: deviation });
  const moved = device.run("Multiply", { a: mean, b: slope });
  const shift = device.run("Sub", { a: offset ?? device.scalar(0), b: moved });
  const [channels] = mean.shape;
  const rows = device.view(x, [elementCount(x.shape) / channels, channels]);
  const scaled = device.run("Multiply", { a: rows, b: slope });
  return device.view(device.run("Add", { a: scaled, b: shift }), x.shape);
}
