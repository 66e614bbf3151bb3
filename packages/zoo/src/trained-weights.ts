import type { ImageSize } from "./model.js";

/** Trained parameters in this package, and images to try them on. */
export interface TrainedWeights {
  /** The model's name in the zoo. */
  readonly model: string;
  /** The options that the network must be built with, if not its defaults: the size of the images it was trained on. */
  readonly options: Partial<ImageSize>;
  readonly dataset: string;
  /** Class names by label. */
  readonly classes: readonly string[];
  /** A safetensors file whose tensors have the names of the model's `parameters`. */
  readonly weights: URL;
  /** A JSON file: file size and SHA-256, licence, accuracy, training recipe. */
  readonly metadata: URL;
  /**
   * A safetensors file of 100 test images, ten per class: `images` float32 `[100, 1, height, width]` in [0, 1], the
   * network's input without further preprocessing; `labels` and `indices` (positions in the test set) int32 `[100]`.
   */
  readonly sample: URL;
  /** A text file with the licence of those images, which must stay with them. */
  readonly sampleLicence: URL;
}

const FASHION_MNIST_CLASSES = Object.freeze([
  "T-shirt/top",
  "Trouser",
  "Pullover",
  "Dress",
  "Coat",
  "Sandal",
  "Shirt",
  "Sneaker",
  "Bag",
  "Ankle boot",
]);

/**
 * The trained weights in this package: the fastest network first, then the most accurate. Every URL is written out in
 * full, because bundlers look for exactly this expression.
 */
export const trainedWeights: readonly [TrainedWeights, ...TrainedWeights[]] = Object.freeze([
  Object.freeze({
    model: "d2l/lenet",
    options: Object.freeze({}),
    dataset: "Fashion-MNIST",
    classes: FASHION_MNIST_CLASSES,
    weights: new URL("../assets/d2l-lenet-fashion-mnist.safetensors", import.meta.url),
    metadata: new URL("../assets/d2l-lenet-fashion-mnist.json", import.meta.url),
    sample: new URL("../assets/fashion-mnist-100.safetensors", import.meta.url),
    sampleLicence: new URL("../assets/fashion-mnist-LICENSE.txt", import.meta.url),
  }),
  Object.freeze({
    model: "d2l/densenet",
    // The network cannot be built for 28×28. A frame of 2 black pixels makes them 32×32, which can be halved evenly.
    options: Object.freeze({ height: 32, width: 32 }),
    dataset: "Fashion-MNIST",
    classes: FASHION_MNIST_CLASSES,
    weights: new URL("../assets/d2l-densenet-fashion-mnist.safetensors", import.meta.url),
    metadata: new URL("../assets/d2l-densenet-fashion-mnist.json", import.meta.url),
    sample: new URL("../assets/fashion-mnist-100-framed.safetensors", import.meta.url),
    sampleLicence: new URL("../assets/fashion-mnist-LICENSE.txt", import.meta.url),
  }),
]);
