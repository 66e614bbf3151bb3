import type { Attrs, Pads2d, Pair } from "@isoconv/core-spec";
import type { Device, DeviceArray } from "../device.js";

type Geometry = Pick<Attrs<"convTranspose2d">, "strides" | "pads" | "outputPads" | "dilations">;

/** A convolution of stride 1 that is equivalent to a transposed one. */
interface Equivalent {
  /** The input with `strides − 1` zeros inserted after every row and column. */
  readonly image: DeviceArray;
  readonly pads: Pads2d;
  /** Rows and columns to crop from the result, where pads would have to be negative. */
  readonly crop: Pads2d;
}

/**
 * Prepares the convolution that is equivalent to a transposed one. TensorFlow.js's own kernel supports neither
 * dilations nor groups, and on wasm it is ten times slower than this at a stride of 2.
 */
export function insertZeros(
  device: Device,
  image: DeviceArray,
  kernel: Pair,
  { strides, pads, outputPads, dilations }: Geometry,
): Equivalent {
  const reach = (axis: 0 | 1): number => dilations[axis] * (kernel[axis] - 1);
  const before = (axis: 0 | 1): number => reach(axis) - pads[axis];
  const after = (axis: 0 | 1): number =>
    reach(axis) - pads[axis === 0 ? 2 : 3] + outputPads[axis] - (strides[axis] - 1);
  const [top, left, bottom, right] = [before(0), before(1), after(0), after(1)];
  return {
    image: spread(device, image, strides),
    pads: [Math.max(0, top), Math.max(0, left), Math.max(0, bottom), Math.max(0, right)],
    crop: [Math.max(0, -top), Math.max(0, -left), Math.max(0, -bottom), Math.max(0, -right)],
  };
}

/** Both steps append to the rows of a matrix, which is fast on all runtimes. */
function spread(device: Device, image: DeviceArray, [down, across]: Pair): DeviceArray {
  const [batch, height, width, channels] = image.shape;
  const columns = append(device, device.view(image, [batch * height * width, channels]), (across - 1) * channels);
  const row = width * across * channels;
  const rows = append(device, device.view(columns, [batch * height, row]), (down - 1) * row);
  return device.view(rows, [batch, height * down, width * across, channels]);
}

function append(device: Device, matrix: DeviceArray, zeros: number): DeviceArray {
  if (zeros === 0) return matrix;
  const paddings = [
    [0, 0],
    [0, zeros],
  ];
  return device.run("PadV2", { x: matrix }, { paddings, constantValue: 0 });
}
