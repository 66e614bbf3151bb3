/**
 * AlexNet in one column, torchvision's version of the network of Krizhevsky's second paper. That paper splits training
 * over devices and so drops the first paper's two columns. There is no response normalisation; a pool to 6×6 before the
 * linear layers allows images of any size.
 *
 * Krizhevsky, One weird trick for parallelizing convolutional neural networks (2014).
 */
import {
  adaptiveAvgPool2d,
  conv2d,
  dropout,
  flatten,
  linear,
  maxPool2d,
  relu,
  sequential,
  type Module,
} from "@isoconv/nn";
import type { ModelDefinition, NetworkOptions } from "../../model.js";
import { IMAGENET } from "./imagenet.js";

function alexnet({ classes, channels }: NetworkOptions): Module {
  return sequential({
    features: sequential([
      conv2d(channels, 64, { kernelSize: 11, stride: 4, padding: 2 }),
      relu(),
      maxPool2d({ kernelSize: 3, stride: 2 }),
      conv2d(64, 192, { kernelSize: 5, padding: 2 }),
      relu(),
      maxPool2d({ kernelSize: 3, stride: 2 }),
      conv2d(192, 384, { kernelSize: 3, padding: 1 }),
      relu(),
      conv2d(384, 256, { kernelSize: 3, padding: 1 }),
      relu(),
      conv2d(256, 256, { kernelSize: 3, padding: 1 }),
      relu(),
      maxPool2d({ kernelSize: 3, stride: 2 }),
    ]),
    avgpool: adaptiveAvgPool2d(6),
    flatten: flatten(),
    classifier: sequential([
      dropout(),
      linear(256 * 6 * 6, 4096),
      relu(),
      dropout(),
      linear(4096, 4096),
      relu(),
      linear(4096, classes),
    ]),
  });
}

export const alexnetModels: readonly ModelDefinition[] = [
  {
    name: "alexnet",
    family: "alexnet",
    summary: "AlexNet in one column, torchvision's.",
    source: {
      authors: "Krizhevsky",
      title: "One weird trick for parallelizing convolutional neural networks",
      year: 2014,
      url: "https://arxiv.org/abs/1404.5997",
    },
    defaults: IMAGENET,
    minimumSize: 63,
    build: alexnet,
  },
];
