/**
 * ResNet-18 as section 7.6 of Dive into Deep Learning builds it: the network of He, Zhang, Ren and Sun, Deep residual
 * learning for image recognition (2015), for 10 classes of grey images.
 *
 * Unlike torchvision's: convolutions keep their bias, the 1×1 shortcut (`conv3`) has no batch norm, and modules are
 * numbered: stem 0, stages 1 to 4, pool 5, flatten 6, linear 7.
 */
import { checkOptions, optionChecks } from "@isoconv/core-spec";
import {
  adaptiveAvgPool2d,
  batchNorm2d,
  conv2d,
  flatten,
  linear,
  maxPool2d,
  relu,
  sequential,
  type Module,
} from "@isoconv/nn";
import type { ModelDefinition, NetworkOptions } from "../../model.js";
import { DIVE_INTO_DEEP_LEARNING, fashionMnist } from "./book.js";

/** Whether the input is projected, and the stride. */
export interface ResidualOptions {
  readonly use1x1Conv?: boolean;
  readonly stride?: number;
}

/** The book's `Residual`: two 3×3 convolutions, bypassed by the input or its 1×1 projection. */
export function residualBlock(inChannels: number, outChannels: number, options: ResidualOptions = {}): Module {
  checkOptions(options, { known: { use1x1Conv: optionChecks.flag, stride: true } }, { op: "residualBlock" });
  const { use1x1Conv = false, stride = 1 } = options;
  return (scope, x) => {
    // The book constructs its convolutions before its norms, which is the order of the state_dict.
    scope.declareChildren("conv1", "conv2", ...(use1x1Conv ? ["conv3"] : []), "bn1", "bn2");
    let y = scope.call("conv1", conv2d(inChannels, outChannels, { kernelSize: 3, padding: 1, stride }), x);
    y = scope.call("bn1", batchNorm2d(outChannels), y);
    y = scope.call("relu", relu(), y);
    y = scope.call("conv2", conv2d(outChannels, outChannels, { kernelSize: 3, padding: 1 }), y);
    y = scope.call("bn2", batchNorm2d(outChannels), y);
    const shortcut = use1x1Conv
      ? scope.call("conv3", conv2d(inChannels, outChannels, { kernelSize: 1, stride }), x)
      : x;
    y = scope.graph.add({ a: y, b: shortcut }, {}, scope.nodeName("add"));
    return scope.call("relu", relu(), y);
  };
}

/** The book's `resnet_block`. The first stage follows a pool and does not halve the image again. */
function stage(inChannels: number, outChannels: number): Module {
  const first = inChannels === outChannels ? {} : { use1x1Conv: true, stride: 2 };
  return sequential([residualBlock(inChannels, outChannels, first), residualBlock(outChannels, outChannels)]);
}

function resnet18({ classes, channels }: NetworkOptions): Module {
  return sequential([
    sequential([
      conv2d(channels, 64, { kernelSize: 7, stride: 2, padding: 3 }),
      batchNorm2d(64),
      relu(),
      maxPool2d({ kernelSize: 3, stride: 2, padding: 1 }),
    ]),
    stage(64, 64),
    stage(64, 128),
    stage(128, 256),
    stage(256, 512),
    adaptiveAvgPool2d(1),
    flatten(),
    linear(512, classes),
  ]);
}

export const d2lResnetModels: readonly ModelDefinition[] = [
  {
    name: "d2l/resnet18",
    family: "resnet",
    summary: "ResNet-18 with biased convolutions and bare 1×1 shortcuts, for 96×96 images.",
    source: DIVE_INTO_DEEP_LEARNING,
    defaults: fashionMnist(96),
    minimumSize: 1,
    build: resnet18,
  },
];
