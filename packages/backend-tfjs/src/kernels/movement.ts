import { elementCount } from "@isoconv/core-spec";
import { fromPlain, LOGICAL_AXIS, logicalShape, PHYSICAL_AXIS, toImage, toPlain } from "../convert.js";
import type { Device, DeviceArray } from "../device.js";
import { kernel, type Kernels } from "../handler.js";
import { permute } from "../permute.js";
import { activation, activationOf, channelsLast, plain, type Activation, type Image, type Value } from "../value.js";
import { flattens, restores } from "../plan.js";
import { padImage } from "./window.js";

type Movements = "concat" | "slice" | "reshape" | "flatten" | "transpose" | "pad2d" | "upsample" | "dropout";

export function movements(device: Device): Kernels<Movements> {
  return {
    concat: kernel<"concat">(device, ({ xs }, { axis }, { shape }) => concat(device, xs, axis, shape)),
    slice: kernel<"slice">(device, ({ x }, { starts, axes }, { shape }) => {
      const { array, axisOf, wrap } = accessor(device, activationOf(x));
      const begin = array.shape.map(() => 0);
      for (const [k, start] of starts.entries()) begin[axisOf(axes[k] ?? k)] = start;
      const size = array.shape.map(() => 0);
      for (const [axis, extent] of shape.entries()) size[axisOf(axis)] = extent;
      return wrap(slice(device, array, begin, size));
    }),
    reshape: kernel<"reshape">(device, ({ x }, _attrs, { shape }) => reshape(device, activationOf(x), shape)),
    flatten: kernel<"flatten">(device, ({ x }, _attrs, { shape }) => reshape(device, activationOf(x), shape)),
    transpose: kernel<"transpose">(device, ({ x }, { permutation }) => {
      const value = activationOf(x);
      if (value.layout.kind !== "channelsLast")
        return fromPlain(device, permute(device, toPlain(device, value), permutation));
      const physical = LOGICAL_AXIS.map((axis) => PHYSICAL_AXIS[permutation[axis]]);
      return channelsLast(permute(device, value.arrays[0], physical));
    }),
    pad2d: kernel<"pad2d">(device, ({ x }, { pads, value }) =>
      channelsLast(padImage(device, toImage(device, activationOf(x)), pads, value)),
    ),
    upsample: kernel<"upsample">(device, ({ x }, { scales: [down, across] }) => {
      const image = toImage(device, activationOf(x));
      const [batch, height, width, channels] = image.shape;
      // Not `ResizeNearestNeighbor`: it multiplies indices by a rounded 1/scale and reads wrong rows at 41, 47, 49, 55,
      // …
      const columns = repeat(device, image, batch * height * width, across);
      const rows = repeat(device, columns, batch * height, down);
      return channelsLast(device.view(rows, [batch, height * down, width * across, channels]));
    }),
    dropout: kernel<"dropout">(device, ({ x }) => sharing(activationOf(x))),
  };
}

/** The highest rank that WebGL and WebGPU slice. */
const MOST_SLICED = 6;

/** A part of an array. Of high ranks, axes that are kept whole are merged into the axis before them. */
function slice(device: Device, array: DeviceArray, begin: readonly number[], size: readonly number[]): DeviceArray {
  if (array.shape.length <= MOST_SLICED) return device.run("Slice", { x: array }, { begin, size });
  const merged: { extent: number; begin: number; size: number }[] = [];
  for (const [axis, extent] of array.shape.entries()) {
    const last = merged.at(-1);
    if (last === undefined || size[axis] !== extent) merged.push({ extent, begin: begin[axis], size: size[axis] });
    else
      merged[merged.length - 1] = {
        extent: last.extent * extent,
        begin: last.begin * extent,
        size: last.size * extent,
      };
  }
  const x = device.view(
    array,
    merged.map(({ extent }) => extent),
  );
  const attrs = { begin: merged.map((axis) => axis.begin), size: merged.map((axis) => axis.size) };
  return device.view(device.run("Slice", { x }, attrs), size);
}

/** A value of its own on the same buffer, which has one more owner. */
function sharing({ arrays: [array], layout }: Activation): Activation {
  return activation(array, layout);
}

function concat(device: Device, xs: readonly Value[], axis: number, shape: readonly number[]): Activation {
  const parts = xs.map(activationOf).filter(({ arrays: [array] }) => !array.shape.includes(0));
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return sharing(first);
  const image = shape.length === 4;
  const arrays = parts.map((part) => (image ? toImage(device, part) : toPlain(device, part)));
  const joined = device.run("Concat", arrays, { axis: image ? PHYSICAL_AXIS[axis] : axis });
  return image ? channelsLast(joined) : plain(joined);
}

/** An activation for kernels that take axes: its array, and the array's axis of each logical axis. */
function accessor(
  device: Device,
  value: Activation,
): { array: DeviceArray; axisOf: (axis: number) => number; wrap: (array: DeviceArray) => Activation } {
  if (value.layout.kind === "channelsLast") {
    return { array: value.arrays[0], axisOf: (axis) => PHYSICAL_AXIS[axis], wrap: channelsLast };
  }
  return { array: toPlain(device, value), axisOf: (axis) => axis, wrap: (array) => fromPlain(device, array) };
}

function reshape(device: Device, value: Activation, shape: readonly number[]): Activation {
  const from = logicalShape(value);
  const layout = flattens(value.layout, from, shape);
  if (layout !== undefined) return activation(device.view(value.arrays[0], shape), layout);
  if (restores(value.layout, shape)) {
    const [batch, ...image] = shape;
    return channelsLast(device.view(value.arrays[0], [batch, ...channelsInnermost(image)]));
  }
  return fromPlain(device, device.view(toPlain(device, value), shape));
}

function channelsInnermost([channels, height, width]: readonly number[]): Image {
  return [height, width, channels];
}

/** Writes each of `count` equal pieces of an array `times` times in succession. */
function repeat(device: Device, array: DeviceArray, count: number, times: number): DeviceArray {
  const pieces = device.view(array, [count, elementCount(array.shape) / count]);
  if (times === 1) return pieces;
  return device.run(
    "Concat",
    Array.from({ length: times }, () => pieces),
    { axis: 1 },
  );
}
