import { locateInFolder, locateInPackage, type LocateFile } from "@isoconv/core-spec";
import type { ImageSize } from "./model.js";

/** The addresses of the files that belong to one trained network. */
export interface TrainedFiles {
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

/**
 * Trained parameters in this package, and images to try them on.
 *
 * The addresses are computed when they are read. Reading one throws an IsoconvError `INVALID_FILE` where a bundler has
 * made a script that does not know its own address; see {@link trainedWeightsIn}.
 */
export interface TrainedWeights extends TrainedFiles {
  /** The model's name in the zoo. */
  readonly model: string;
  /** The options that the network must be built with, if not its defaults: the size of the images it was trained on. */
  readonly options: Partial<ImageSize>;
  readonly dataset: string;
  /** Class names by label. */
  readonly classes: readonly string[];
}

/** One entry for each trained network. */
export type TrainedList = readonly [TrainedWeights, ...TrainedWeights[]];

/** Where this package has the files. */
const packaged = {
  "d2l-lenet-fashion-mnist.safetensors": () =>
    new URL("../assets/d2l-lenet-fashion-mnist.safetensors", import.meta.url),
  "d2l-lenet-fashion-mnist.json": () => new URL("../assets/d2l-lenet-fashion-mnist.json", import.meta.url),
  "d2l-densenet-fashion-mnist.safetensors": () =>
    new URL("../assets/d2l-densenet-fashion-mnist.safetensors", import.meta.url),
  "d2l-densenet-fashion-mnist.json": () => new URL("../assets/d2l-densenet-fashion-mnist.json", import.meta.url),
  "fashion-mnist-100.safetensors": () => new URL("../assets/fashion-mnist-100.safetensors", import.meta.url),
  "fashion-mnist-100-framed.safetensors": () =>
    new URL("../assets/fashion-mnist-100-framed.safetensors", import.meta.url),
  "fashion-mnist-LICENSE.txt": () => new URL("../assets/fashion-mnist-LICENSE.txt", import.meta.url),
} as const satisfies Readonly<Record<string, () => URL>>;

type AssetName = keyof typeof packaged;
type Locate = LocateFile<AssetName>;

/** A trained network, with the names of its files. */
interface Trained extends Omit<TrainedWeights, keyof TrainedFiles> {
  readonly files: Readonly<Record<keyof TrainedFiles, AssetName>>;
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

const lenet: Trained = {
  model: "d2l/lenet",
  options: Object.freeze({}),
  dataset: "Fashion-MNIST",
  classes: FASHION_MNIST_CLASSES,
  files: {
    weights: "d2l-lenet-fashion-mnist.safetensors",
    metadata: "d2l-lenet-fashion-mnist.json",
    sample: "fashion-mnist-100.safetensors",
    sampleLicence: "fashion-mnist-LICENSE.txt",
  },
};

const densenet: Trained = {
  model: "d2l/densenet",
  // The network cannot be built for 28×28. A frame of 2 black pixels makes them 32×32, which can be halved evenly.
  options: Object.freeze({ height: 32, width: 32 }),
  dataset: "Fashion-MNIST",
  classes: FASHION_MNIST_CLASSES,
  files: {
    weights: "d2l-densenet-fashion-mnist.safetensors",
    metadata: "d2l-densenet-fashion-mnist.json",
    sample: "fashion-mnist-100-framed.safetensors",
    sampleLicence: "fashion-mnist-LICENSE.txt",
  },
};

/**
 * The trained weights in this package: the fastest network first, then the most accurate. In a module of their own, since
 * bundlers copy every file that an imported module names.
 */
export const trainedWeights: TrainedList = listTrained(
  locateInPackage({ name: "@isoconv/zoo", files: packaged, inFolder: "trainedWeightsIn" }),
);

/**
 * The trained weights, for programs that keep the files of this package's folder `assets` in a folder of their own.
 *
 * @param folder its absolute address, for example `new URL("assets/", document.baseURI)`
 * @throws IsoconvError `INVALID_FILE` if it is no absolute address
 */
export function trainedWeightsIn(folder: URL | string): TrainedList {
  return listTrained(locateInFolder(folder));
}

function listTrained(locate: Locate): TrainedList {
  return Object.freeze([located(lenet, locate), located(densenet, locate)]);
}

function located({ files, ...network }: Trained, locate: Locate): TrainedWeights {
  return Object.freeze({
    ...network,
    get weights() {
      return locate(files.weights);
    },
    get metadata() {
      return locate(files.metadata);
    },
    get sample() {
      return locate(files.sample);
    },
    get sampleLicence() {
      return locate(files.sampleLicence);
    },
  });
}
