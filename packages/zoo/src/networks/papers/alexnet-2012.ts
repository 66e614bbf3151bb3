/**
 * AlexNet as published: eight layers with ReLU, dropout and pools that overlap, split over two devices that exchange
 * data only in some layers, hence the two groups of its second, fourth and fifth convolutions. Local response
 * normalisation after the first two reduces responses next to strong ones in neighbouring channels.
 *
 * Krizhevsky, Sutskever and Hinton, ImageNet classification with deep convolutional neural networks (2012). Images are
 * 227×227: the paper says 224, but that does not give its 55×55. Parameters are named as torchvision's AlexNet's.
 */
import {
  conv2d,
  dropout,
  flatten,
  lazyLinear,
  linear,
  localResponseNorm,
  maxPool2d,
  relu,
  sequential,
  type Module,
} from "@isoconv/nn";
import type { ModelDefinition, NetworkOptions } from "../../model.js";
import { IMAGENET } from "../torchvision/imagenet.js";

/**
 * Section 3.3: the paper's α multiplies the plain sum of squares. Frameworks divide by the size, so α is multiplied by
 * it.
 */
function responseNorm(): Module {
  const size = 5;
  return localResponseNorm(size, { k: 2, alpha: size * 1e-4, beta: 0.75 });
}

const overlappingPool = (): Module => maxPool2d({ kernelSize: 3, stride: 2 });

function alexnet2012({ classes, channels }: NetworkOptions): Module {
  return sequential({
    features: sequential([
      conv2d(channels, 96, { kernelSize: 11, stride: 4 }),
      relu(),
      responseNorm(),
      overlappingPool(),
      conv2d(96, 256, { kernelSize: 5, padding: 2, groups: 2 }),
      relu(),
      responseNorm(),
      overlappingPool(),
      conv2d(256, 384, { kernelSize: 3, padding: 1 }),
      relu(),
      conv2d(384, 384, { kernelSize: 3, padding: 1, groups: 2 }),
      relu(),
      conv2d(384, 256, { kernelSize: 3, padding: 1, groups: 2 }),
      relu(),
      overlappingPool(),
    ]),
    flatten: flatten(),
    classifier: sequential([
      lazyLinear(4096), // 256·6·6 inputs for 227×227 images
      relu(),
      dropout(),
      linear(4096, 4096),
      relu(),
      dropout(),
      linear(4096, classes),
    ]),
  });
}

export const alexnet2012Models: readonly ModelDefinition[] = [
  {
    name: "alexnet_2012",
    family: "alexnet",
    summary: "AlexNet as published in 2012, with groups and response normalisation.",
    source: {
      authors: "Krizhevsky, Sutskever and Hinton",
      title: "ImageNet classification with deep convolutional neural networks",
      year: 2012,
      url: "https://papers.nips.cc/paper/4824-imagenet-classification-with-deep-convolutional-neural-networks",
    },
    defaults: { ...IMAGENET, height: 227, width: 227 },
    minimumSize: 67,
    build: alexnet2012,
  },
];
