import type { Attrs } from "@isoconv/core-spec";
import type { Device, DeviceArray } from "../device.js";

/** Normalises a channels-last image by the squares of neighbouring channels. */
export function lrn(device: Device, image: DeviceArray, { size, alpha, beta, bias }: Attrs<"lrn">): DeviceArray {
  // TensorFlow does not divide alpha by the size, and its window is symmetric, so only odd sizes can use the kernel.
  if (size % 2 === 1 && !device.runtime.traits.lrnSpreadsNaN) {
    return device.run("LRN", { x: image }, { depthRadius: (size - 1) / 2, bias, alpha: alpha / size, beta });
  }
  const [batch, height, width, channels] = image.shape;
  const before = Math.floor((size - 1) / 2);
  const squares = device.run("Square", { x: image });
  // bias + (alpha/size)·Σx² is a convolution along the channels.
  const sums = device.run(
    "FusedConv2D",
    {
      x: device.view(squares, [1, batch * height * width, channels, 1]),
      filter: device.upload(new Float32Array(size).fill(alpha / size), [1, size, 1, 1]),
      bias: device.scalar(bias),
    },
    {
      strides: [1, 1],
      pad: [
        [0, 0],
        [0, 0],
        [before, Math.floor(size / 2)],
        [0, 0],
      ],
      dilations: [1, 1],
      dataFormat: "NHWC",
      dimRoundingMode: "floor",
      activation: "linear",
    },
  );
  const factors = device.run("Pow", { a: sums, b: device.scalar(-beta) });
  return device.run("Multiply", { a: image, b: device.view(factors, image.shape) });
}
