import { elementCount } from "@isoconv/core-spec";
import { fromPlain, toImage, toPlain } from "../convert.js";
import type { Device, DeviceArray } from "../device.js";
import { kernel, type Kernels } from "../handler.js";
import { activation, activationOf, channelsLast, sameLayout, type Activation, type Value } from "../value.js";
import { broadcastShapes, LARGEST_RANK } from "./broadcast.js";

export function arithmetic(device: Device): Kernels<"add" | "mul"> {
  return {
    add: kernel<"add">(device, ({ a, b }, _attrs, { shape }) => combine(device, "Add", a, b, shape)),
    mul: kernel<"mul">(device, ({ a, b }, _attrs, { shape }) => combine(device, "Multiply", a, b, shape)),
  };
}

/** Applies a binary kernel with NumPy's broadcasting, which aligns logical axes, not physical ones. */
function combine(device: Device, name: string, left: Value, right: Value, shape: readonly number[]): Activation {
  const [a, b] = [activationOf(left), activationOf(right)];
  if (shape.length === 4) return channelsLast(binary(device, name, toImage(device, a), toImage(device, b)));
  const [arrayA] = a.arrays;
  const [arrayB] = b.arrays;
  const inPlace = sameLayout(a.layout, b.layout) && arrayA.shape.join() === arrayB.shape.join();
  if (inPlace) return activation(binary(device, name, arrayA, arrayB), a.layout);
  return fromPlain(device, binary(device, name, toPlain(device, a), toPlain(device, b)));
}

function binary(device: Device, name: string, a: DeviceArray, b: DeviceArray): DeviceArray {
  const shapes = broadcastShapes(a.shape, b.shape);
  const [viewA, viewB] = [device.view(a, shapes.a), device.view(b, shapes.b)];
  if (shapes.a.length <= LARGEST_RANK) return device.view(device.run(name, { a: viewA, b: viewB }), shapes.result);
  const spreadA = spread(device, viewA, shapes.b);
  const spreadB = spread(device, viewB, shapes.a);
  return device.view(device.run(name, { a: flat(device, spreadA), b: flat(device, spreadB) }), shapes.result);
}

function flat(device: Device, array: DeviceArray): DeviceArray {
  return device.view(array, [elementCount(array.shape)]);
}

/** Repeats axes of extent 1 to match the other operand. */
function spread(device: Device, array: DeviceArray, other: readonly number[]): DeviceArray {
  const reps = array.shape.map((extent, axis) => (extent === 1 ? other[axis] : 1));
  return device.run("Tile", { x: array }, { reps });
}
