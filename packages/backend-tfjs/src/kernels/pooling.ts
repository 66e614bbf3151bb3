import { decomposed, type Attrs } from "@isoconv/core-spec";
import { toImage } from "../convert.js";
import type { Device, DeviceArray } from "../device.js";
import { kernel, type Kernels } from "../handler.js";
import { activationOf, channelsLast } from "../value.js";
import { everyNth, padImage, paddingsOf } from "./window.js";

export function pools(device: Device): Kernels<"maxPool2d" | "avgPool2d" | "globalAvgPool2d" | "adaptiveAvgPool2d"> {
  return {
    maxPool2d: kernel<"maxPool2d">(device, ({ x }, attrs) => {
      const image = toImage(device, activationOf(x));
      return channelsLast(
        needsTaps(device, image, attrs) ? maxOverTaps(device, image, attrs) : maxPool(device, image, attrs),
      );
    }),
    // Both runtimes exclude padding from the count, also with asymmetric pads.
    avgPool2d: kernel<"avgPool2d">(device, ({ x }, attrs) => {
      const image = toImage(device, activationOf(x));
      return channelsLast(device.run("AvgPool", { x: image }, poolAttributes(attrs)));
    }),
    globalAvgPool2d: kernel<"globalAvgPool2d">(device, ({ x }) =>
      channelsLast(averageImage(device, toImage(device, activationOf(x)))),
    ),
    adaptiveAvgPool2d: decomposed,
  };
}

/** The mean over height and width; on wasm 25 times faster than the kernel `Mean`, which transposes first. */
export function averageImage(device: Device, image: DeviceArray): DeviceArray {
  const [, height, width] = image.shape;
  return device.run(
    "AvgPool",
    { x: image },
    poolAttributes({ kernel: [height, width], strides: [1, 1], pads: [0, 0, 0, 0] }),
  );
}

function poolAttributes({ kernel: filterSize, strides, pads }: Attrs<"avgPool2d">): Record<string, unknown> {
  return { filterSize, strides, pad: paddingsOf(pads), dimRoundingMode: "floor" };
}

type MaxPool = Attrs<"maxPool2d">;

function maxPool(device: Device, image: DeviceArray, attrs: MaxPool): DeviceArray {
  return device.run("MaxPool", { x: image }, poolAttributes(attrs));
}

/** TensorFlow.js's pooling kernels ignore dilations, and the cpu one ignores NaN. */
function needsTaps(device: Device, image: DeviceArray, { dilations }: MaxPool): boolean {
  if (Math.max(...dilations) > 1) return true;
  return device.runtime.traits.maxPoolDropsNaN && device.runtime.hasNaN(image.dataId);
}

/** The maximum over the window's rows, then over its columns, one tap after another. */
function maxOverTaps(
  device: Device,
  image: DeviceArray,
  { kernel: size, strides, pads, dilations }: MaxPool,
): DeviceArray {
  const along = (array: DeviceArray, axis: 1 | 2): DeviceArray => {
    const index = axis === 1 ? 0 : 1;
    const [taps, stride, dilation] = [size[index], strides[index], dilations[index]];
    const count = Math.floor((array.shape[axis] - dilation * (taps - 1) - 1) / stride) + 1;
    const tap = (k: number): DeviceArray => everyNth(device, array, axis, { start: k * dilation, stride, count });
    let largest = tap(0);
    for (let k = 1; k < taps; k += 1) largest = device.run("Maximum", { a: largest, b: tap(k) });
    return largest;
  };
  return along(along(padImage(device, image, pads, -Infinity), 1), 2);
}
