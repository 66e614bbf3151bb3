import type { Pads2d, Pair } from "@isoconv/core-spec";
import type { Device, DeviceArray } from "../device.js";

/** Pads of a channels-last image, axis by axis. */
export function paddingsOf([top, left, bottom, right]: Pads2d): number[][] {
  return [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
}

/** Surrounds an image with a constant. */
export function padImage(device: Device, image: DeviceArray, pads: Pads2d, value: number): DeviceArray {
  if (Math.max(...pads) === 0) return image;
  if (Object.is(value, -0)) {
    // `PadV2` treats −0 as the 0 with which its buffers are initialised.
    const negated = padImage(device, negate(device, image), pads, 0);
    return negate(device, negated);
  }
  return device.run("PadV2", { x: image }, { paddings: paddingsOf(pads), constantValue: value });
}

function negate(device: Device, image: DeviceArray): DeviceArray {
  return device.run("Multiply", { a: image, b: device.scalar(-1) });
}

/** Crops rows and columns from an image. */
export function cropImage(device: Device, image: DeviceArray, [top, left, bottom, right]: Pads2d): DeviceArray {
  const [batch, height, width, channels] = image.shape;
  if (Math.max(top, left, bottom, right) === 0) return image;
  const size = [batch, height - top - bottom, width - left - right, channels];
  return device.run("Slice", { x: image }, { begin: [0, top, left, 0], size });
}

/** Every `strides`-th row and column of an image. */
export function strided(device: Device, image: DeviceArray, strides: Pair): DeviceArray {
  const [, height, width] = image.shape;
  const afterRows = everyNth(device, image, 1, { start: 0, stride: strides[0], count: Math.ceil(height / strides[0]) });
  return everyNth(device, afterRows, 2, { start: 0, stride: strides[1], count: Math.ceil(width / strides[1]) });
}

interface Range {
  readonly start: number;
  readonly stride: number;
  readonly count: number;
}

/** `count` slices along an axis, `stride` apart. */
export function everyNth(
  device: Device,
  array: DeviceArray,
  axis: number,
  { start, stride, count }: Range,
): DeviceArray {
  if (start === 0 && stride === 1 && count === array.shape[axis]) return array;
  const begin = array.shape.map((_, other) => (other === axis ? start : 0));
  if (stride === 1) {
    const size = array.shape.map((extent, other) => (other === axis ? count : extent));
    return device.run("Slice", { x: array }, { begin, size });
  }
  return device.run(
    "StridedSlice",
    { x: array },
    {
      begin,
      end: array.shape.map((extent, other) => (other === axis ? start + (count - 1) * stride + 1 : extent)),
      strides: array.shape.map((_, other) => (other === axis ? stride : 1)),
      beginMask: 0,
      endMask: 0,
      ellipsisMask: 0,
      newAxisMask: 0,
      shrinkAxisMask: 0,
    },
  );
}
