/**
 * LeNet: convolutions find local patterns, pools discard their exact position, and linear layers classify.
 *
 * LeCun, Bottou, Bengio and Haffner, Gradient-based learning applied to document recognition (1998), simplified as in
 * section 6.6 of Dive into Deep Learning: full connections between the convolutions, plain average pools, and a linear
 * layer in place of the Gaussian one. It uses sigmoids, not ReLU, and pads by 2 because the images are 28×28, not
 * 32×32.
 */
import { avgPool2d, conv2d, flatten, lazyLinear, linear, sequential, sigmoid, type Module } from "@isoconv/nn";
import type { ModelDefinition, NetworkOptions } from "../../model.js";
import { DIVE_INTO_DEEP_LEARNING, fashionMnist } from "./book.js";

function lenet({ classes, channels }: NetworkOptions): Module {
  return sequential([
    conv2d(channels, 6, { kernelSize: 5, padding: 2 }),
    sigmoid(),
    avgPool2d({ kernelSize: 2, stride: 2 }),
    conv2d(6, 16, { kernelSize: 5 }),
    sigmoid(),
    avgPool2d({ kernelSize: 2, stride: 2 }),
    flatten(),
    lazyLinear(120), // 16·5·5 inputs for 28×28 images
    sigmoid(),
    linear(120, 84),
    sigmoid(),
    linear(84, classes),
  ]);
}

export const lenetModels: readonly ModelDefinition[] = [
  {
    name: "d2l/lenet",
    family: "lenet",
    summary: "LeNet with sigmoids and average pools, for 28×28 images.",
    source: DIVE_INTO_DEEP_LEARNING,
    defaults: fashionMnist(28),
    minimumSize: 12,
    build: lenet,
  },
];
