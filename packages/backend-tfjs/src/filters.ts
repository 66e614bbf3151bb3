import type { Device, DeviceArray } from "./device.js";
import { permute } from "./permute.js";

/** One filter per channel: kernels exist for this case. */
export function isDepthwise(groups: number, channelsPerGroup: number): boolean {
  return groups > 1 && channelsPerGroup === 1;
}

/**
 * Converts filters from logical order to the order of the convolution kernels: one [kH, kW, I, O/groups] per group, or
 * a single [kH, kW, C, multiplier] when depthwise.
 *
 * A transposed convolution is a convolution of its dilated input with its filters rotated by 180° and their channel
 * axes exchanged; its filters are given as [groups·I, O/groups, kH, kW].
 */
export function filterBank(
  device: Device,
  filters: DeviceArray,
  groups: number,
  transposed: boolean,
): readonly DeviceArray[] {
  const [first, second, height, width] = filters.shape;
  const taps = height * width;
  const inputs = transposed ? first / groups : second;
  const outputs = transposed ? second : first / groups;
  if (isDepthwise(groups, inputs)) {
    const source = transposed ? turn(device, filters) : filters;
    const byTap = permute(device, device.view(source, [groups * outputs, taps]), [1, 0]);
    return [device.view(byTap, [height, width, groups, outputs])];
  }
  const byGroup = transposed
    ? permute(device, device.view(turn(device, filters), [groups, inputs, outputs, taps]), [0, 3, 1, 2])
    : permute(device, device.view(filters, [groups, outputs, inputs, taps]), [0, 3, 2, 1]);
  const shape = [height, width, inputs, outputs];
  if (groups === 1) return [device.view(byGroup, shape)];
  const rows = device.view(byGroup, [groups, taps * inputs * outputs]);
  return Array.from({ length: groups }, (_, group) =>
    device.view(device.run("Slice", { x: rows }, { begin: [group, 0], size: [1, taps * inputs * outputs] }), shape),
  );
}

/** A vector over output channels, split by group. */
export function splitVector(device: Device, vector: DeviceArray, groups: number): readonly DeviceArray[] {
  const size = vector.shape[0] / groups;
  return Array.from({ length: groups }, (_, group) =>
    device.run("Slice", { x: vector }, { begin: [group * size], size: [size] }),
  );
}

function turn(device: Device, filters: DeviceArray): DeviceArray {
  const [first, second, height, width] = filters.shape;
  if (height * width === 1) return filters;
  const taps = device.view(filters, [first * second, height, width]);
  return device.run("Reverse", { x: taps }, { dims: [1, 2] });
}
