import type { Device, DeviceArray } from "../device.js";

/** Factors and addends of the columns. */
export interface Affine {
  readonly scale?: DeviceArray;
  readonly offset?: DeviceArray;
}

/** Normalises each row of a matrix by its own mean and variance, in two passes. */
export function layerNorm(device: Device, rows: DeviceArray, { scale, offset }: Affine, epsilon: number): DeviceArray {
  const mean = (x: DeviceArray): DeviceArray => device.run("Mean", { x }, { axis: [1], keepDims: true });
  const deviations = device.run("Sub", { a: rows, b: mean(rows) });
  const variance = mean(device.run("Multiply", { a: deviations, b: deviations }));
  const spread = device.run("Sqrt", { x: device.run("Add", { a: variance, b: device.scalar(epsilon) }) });
  const normal = device.run("RealDiv", { a: deviations, b: spread });
  const scaled = scale === undefined ? normal : device.run("Multiply", { a: normal, b: scale });
  return offset === undefined ? scaled : device.run("Add", { a: scaled, b: offset });
}
