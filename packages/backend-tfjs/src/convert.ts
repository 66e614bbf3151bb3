import type { Device, DeviceArray } from "./device.js";
import { permute } from "./permute.js";
import { channelsLast, plain, type Activation } from "./value.js";

/** The position of each logical axis (N, C, H, W) in the channels-last form. */
export const PHYSICAL_AXIS = [0, 3, 1, 2] as const;
/** The logical axis of each axis of the channels-last form. */
export const LOGICAL_AXIS = [0, 2, 3, 1] as const;

/** The extents of an activation in logical order. */
export function logicalShape({ arrays: [array], layout }: Activation): readonly number[] {
  return layout.kind === "channelsLast" ? PHYSICAL_AXIS.map((axis) => array.shape[axis]) : array.shape;
}

/** An activation's elements in logical order. */
export function toPlain(device: Device, { arrays: [array], layout }: Activation): DeviceArray {
  switch (layout.kind) {
    case "plain":
      return array;
    case "channelsLast":
      return permute(device, array, PHYSICAL_AXIS);
    case "flattened": {
      const [channels, height, width] = layout.image;
      const rows = array.shape[0];
      const image = device.view(array, [rows, height * width, channels]);
      return device.view(permute(device, image, [0, 2, 1]), array.shape);
    }
  }
}

/** The layout in which every value of that rank is held. */
export function fromPlain(device: Device, array: DeviceArray): Activation {
  return array.shape.length === 4 ? channelsLast(permute(device, array, LOGICAL_AXIS)) : plain(array);
}

/** An activation of rank ≤ 4 as [N, H, W, C]; leading axes of extent 1 are added, as in broadcasting. */
export function toImage(device: Device, value: Activation): DeviceArray {
  if (value.layout.kind === "channelsLast") return value.arrays[0];
  const array = toPlain(device, value);
  const missing = Array.from({ length: 4 - array.shape.length }, () => 1);
  return permute(device, device.view(array, [...missing, ...array.shape]), LOGICAL_AXIS);
}
