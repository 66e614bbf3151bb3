import { bookFigures } from "./book-figures.test.support.js";
import { tensorflowFigures } from "./tensorflow-figures.test.support.js";
import { torchvisionFigures } from "./torchvision-figures.test.support.js";

/** The published figures of one network at its own size. */
export interface Figures {
  readonly parameters: number;
  /** Multiply-adds of convolutions and linear layers. */
  readonly macs: number;
  /** Tensors of the state_dict, `num_batches_tracked` included. */
  readonly tensors: number;
  /** Shapes for one image by module path. */
  readonly stages: Readonly<Record<string, readonly number[]>>;
}

/** Parameters and shapes of the papers; multiply-adds were computed and checked with PyTorch. */
const paperFigures: Readonly<Record<string, Figures>> = {
  lenet5: {
    parameters: 60_000,
    macs: 327_256,
    tensors: 17,
    stages: {
      c1: [6, 28, 28],
      s2: [6, 14, 14],
      c3: [16, 10, 10],
      s4: [16, 5, 5],
      c5: [120, 1, 1],
      f6: [84],
      output: [10],
    },
  },
  alexnet_2012: {
    parameters: 60_965_224,
    macs: 724_406_816,
    tensors: 16,
    stages: {
      "features.0": [96, 55, 55],
      "features.3": [96, 27, 27],
      "features.4": [256, 27, 27],
      "features.7": [256, 13, 13],
      "features.8": [384, 13, 13],
      "features.10": [384, 13, 13],
      "features.12": [256, 13, 13],
      features: [256, 6, 6],
      classifier: [1000],
    },
  },
};

export const figures: Readonly<Record<string, Figures>> = {
  ...bookFigures,
  ...paperFigures,
  ...torchvisionFigures,
  ...tensorflowFigures,
};
