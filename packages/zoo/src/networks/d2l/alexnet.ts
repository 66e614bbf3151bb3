/**
 * AlexNet: a deeper LeNet. It has eight layers, ReLU instead of sigmoids, overlapping max pools, and dropout against
 * overfitting. Its result at ImageNet 2012 turned computer vision to learned features.
 *
 * Krizhevsky, Sutskever and Hinton, ImageNet classification with deep convolutional neural networks (2012), simplified
 * as in section 7.1 of Dive into Deep Learning: one column of filters, no response normalisation, padding 1 before the
 * first convolution, ten classes of grey images.
 */
import { conv2d, dropout, flatten, lazyLinear, linear, maxPool2d, relu, sequential, type Module } from "@isoconv/nn";
import type { ModelDefinition, NetworkOptions } from "../../model.js";
import { DIVE_INTO_DEEP_LEARNING, fashionMnist } from "./book.js";

function alexnet({ classes, channels }: NetworkOptions): Module {
  return sequential([
    conv2d(channels, 96, { kernelSize: 11, stride: 4, padding: 1 }),
    relu(),
    maxPool2d({ kernelSize: 3, stride: 2 }),
    conv2d(96, 256, { kernelSize: 5, padding: 2 }),
    relu(),
    maxPool2d({ kernelSize: 3, stride: 2 }),
    conv2d(256, 384, { kernelSize: 3, padding: 1 }),
    relu(),
    conv2d(384, 384, { kernelSize: 3, padding: 1 }),
    relu(),
    conv2d(384, 256, { kernelSize: 3, padding: 1 }),
    relu(),
    maxPool2d({ kernelSize: 3, stride: 2 }),
    flatten(),
    lazyLinear(4096), // 256·5·5 inputs for 224×224 images
    relu(),
    dropout(0.5),
    linear(4096, 4096),
    relu(),
    dropout(0.5),
    linear(4096, classes),
  ]);
}

export const d2lAlexnetModels: readonly ModelDefinition[] = [
  {
    name: "d2l/alexnet",
    family: "alexnet",
    summary: "AlexNet in one column and without response normalisation, for 224×224 images.",
    source: DIVE_INTO_DEEP_LEARNING,
    defaults: fashionMnist(224),
    minimumSize: 65,
    build: alexnet,
  },
];
