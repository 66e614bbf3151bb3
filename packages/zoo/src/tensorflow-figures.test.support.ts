import type { Figures } from "./figures.test.support.js";

type Extents = readonly [stem: number, stage2: number, stage3: number, stage5: number, last: number];
type Widths = readonly [stage2: number, stage3: number, stage5: number, stage7: number];

/** Stem and head have the same channels in all sizes. */
function stagesOf([stem, stage2, stage3, stage5, last]: Extents, widths: Widths): Figures["stages"] {
  return {
    "features.0": [32, stem, stem],
    "features.2": [widths[0], stage2, stage2],
    "features.3": [widths[1], stage3, stage3],
    "features.5": [widths[2], stage5, stage5],
    "features.7": [widths[3], last, last],
    features: [1280, last, last],
  };
}

/**
 * Parameters as in the tests of Google's efficientnet_lite_builder; multiply-adds, tensors and shapes of the networks in PyTorch.
 */
export const tensorflowFigures: Readonly<Record<string, Figures>> = {
  efficientnet_lite0: {
    parameters: 4_652_008,
    macs: 385_187_552,
    tensors: 296,
    stages: stagesOf([112, 56, 28, 14, 7], [24, 40, 112, 320]),
  },
  efficientnet_lite1: {
    parameters: 5_416_680,
    macs: 600_185_232,
    tensors: 386,
    stages: stagesOf([120, 60, 30, 15, 8], [24, 40, 112, 320]),
  },
  efficientnet_lite2: {
    parameters: 6_092_072,
    macs: 859_736_272,
    tensors: 386,
    stages: stagesOf([130, 65, 33, 17, 9], [24, 48, 120, 352]),
  },
  efficientnet_lite3: {
    parameters: 8_197_096,
    macs: 1_383_321_872,
    tensors: 440,
    stages: stagesOf([140, 70, 35, 18, 9], [32, 48, 136, 384]),
  },
  efficientnet_lite4: {
    parameters: 13_006_568,
    macs: 2_553_034_336,
    tensors: 548,
    stages: stagesOf([150, 75, 38, 19, 10], [32, 56, 160, 448]),
  },
};
