import { elementCount } from "@isoconv/core-spec";
import { toImage, toPlain, fromPlain, PHYSICAL_AXIS } from "../convert.js";
import type { Device, DeviceArray } from "../device.js";
import { kernel, type Kernels } from "../handler.js";
import { permute } from "../permute.js";
import { activation, activationOf, channelsLast, plain, type Activation, type Value } from "../value.js";
import { batchNorm } from "./batch-norm.js";
import { layerNorm, type Affine } from "./layer-norm.js";
import { lrn } from "./lrn.js";

export function normalisations(device: Device): Kernels<"batchNorm" | "layerNorm" | "lrn" | "softmax" | "logSoftmax"> {
  return {
    batchNorm: kernel<"batchNorm">(device, ({ x, mean, variance, scale, offset }, { epsilon }) => {
      const statistics = { mean: vector(mean), variance: vector(variance), ...affineOf(scale, offset) };
      return onLastAxis(device, activationOf(x), 1, (rows) => batchNorm(device, rows, statistics, epsilon));
    }),
    layerNorm: kernel<"layerNorm">(device, ({ x, scale, offset }, { axis, epsilon }) =>
      onLastAxis(device, activationOf(x), axis, (rows) => layerNorm(device, rows, affineOf(scale, offset), epsilon)),
    ),
    lrn: kernel<"lrn">(device, ({ x }, attrs) => channelsLast(lrn(device, toImage(device, activationOf(x)), attrs))),
    softmax: kernel<"softmax">(device, ({ x }, { axis }) =>
      onLastAxis(device, activationOf(x), axis, (rows) => device.run("Softmax", { logits: rows }, { dim: 1 })),
    ),
    // Only the cpu backend has a kernel for this.
    logSoftmax: kernel<"logSoftmax">(device, ({ x }, { axis }) =>
      onLastAxis(device, activationOf(x), axis, (rows) => {
        const last = { axis: [1], keepDims: true };
        const largest = device.run("Max", { x: rows }, { ...last, reductionIndices: last.axis });
        const shifted = device.run("Sub", { a: rows, b: largest });
        const total = device.run("Sum", { x: device.run("Exp", { x: shifted }) }, last);
        return device.run("Sub", { a: shifted, b: device.run("Log", { x: total }) });
      }),
    ),
  };
}

function vector(value: Value): DeviceArray {
  return activationOf(value).arrays[0];
}

/** The operands that are present. */
function affineOf(scale: Value | undefined, offset: Value | undefined): Affine {
  return {
    ...(scale === undefined ? {} : { scale: vector(scale) }),
    ...(offset === undefined ? {} : { offset: vector(offset) }),
  };
}

/**
 * Applies a kernel for the rows of a matrix along an axis; axes are moved only if it is not the last one already.
 * XNNPACK's binary kernels take no more than `LARGEST_RANK` axes.
 */
function onLastAxis(device: Device, x: Activation, axis: number, work: (rows: DeviceArray) => DeviceArray): Activation {
  const image = x.layout.kind === "channelsLast";
  const array = image ? x.arrays[0] : toPlain(device, x);
  const physical = image ? PHYSICAL_AXIS[axis] : axis;
  const last = array.shape.length - 1;
  const byRow = (moved: DeviceArray): DeviceArray => {
    const length = moved.shape[last];
    return device.view(work(device.view(moved, [elementCount(moved.shape) / length, length])), moved.shape);
  };
  if (physical === last) return activation(byRow(array), image ? x.layout : plain(array).layout);
  const exchange = array.shape.map((_, index) => (index === physical ? last : index === last ? physical : index));
  const result = permute(device, byRow(permute(device, array, exchange)), exchange);
  return image ? channelsLast(result) : fromPlain(device, result);
}
