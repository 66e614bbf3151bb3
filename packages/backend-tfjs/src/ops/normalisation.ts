import { toImage, toPlain, fromPlain, PHYSICAL_AXIS } from "../convert.js";
import type { Device, DeviceArray } from "../device.js";
import { kernel, type Kernels } from "../handler.js";
import { permute } from "../permute.js";
import { activation, activationOf, channelsLast, plain, type Activation } from "../value.js";
import { batchNorm } from "./batch-norm.js";
import { lrn } from "./lrn.js";

export function normalisations(device: Device): Kernels<"batchNorm" | "lrn" | "softmax" | "logSoftmax"> {
  return {
    batchNorm: kernel<"batchNorm">(device, ({ x, mean, variance, scale, offset }, { epsilon }) => {
      const vector = (value: typeof mean): DeviceArray => activationOf(value).arrays[0];
      const statistics = {
        mean: vector(mean),
        variance: vector(variance),
        ...(scale === undefined ? {} : { scale: vector(scale) }),
        ...(offset === undefined ? {} : { offset: vector(offset) }),
      };
      return onLastAxis(device, activationOf(x), 1, (array) => batchNorm(device, array, statistics, epsilon));
    }),
    lrn: kernel<"lrn">(device, ({ x }, attrs) => channelsLast(lrn(device, toImage(device, activationOf(x)), attrs))),
    softmax: kernel<"softmax">(device, ({ x }, { axis }) =>
      onLastAxis(device, activationOf(x), axis, (array) =>
        device.run("Softmax", { logits: array }, { dim: array.shape.length - 1 }),
      ),
    ),
    // No backend but cpu has a kernel of its own.
    logSoftmax: kernel<"logSoftmax">(device, ({ x }, { axis }) =>
      onLastAxis(device, activationOf(x), axis, (array) => {
        const last = { axis: [array.shape.length - 1], keepDims: true };
        const largest = device.run("Max", { x: array }, { ...last, reductionIndices: last.axis });
        const shifted = device.run("Sub", { a: array, b: largest });
        const total = device.run("Sum", { x: device.run("Exp", { x: shifted }) }, last);
        return device.run("Sub", { a: shifted, b: device.run("Log", { x: total }) });
      }),
    ),
  };
}

/** Applies a kernel that works along the last axis to another, moving axes only where it is not last already. */
function onLastAxis(
  device: Device,
  x: Activation,
  axis: number,
  work: (array: DeviceArray) => DeviceArray,
): Activation {
  const image = x.layout.kind === "channelsLast";
  const array = image ? x.arrays[0] : toPlain(device, x);
  const physical = image ? PHYSICAL_AXIS[axis] : axis;
  const last = array.shape.length - 1;
  if (physical === last) return activation(work(array), image ? x.layout : plain(array).layout);
  const exchange = array.shape.map((_, index) => (index === physical ? last : index === last ? physical : index));
  const result = permute(device, work(permute(device, array, exchange)), exchange);
  return image ? channelsLast(result) : fromPlain(device, result);
}
