/**
 * ShuffleNetV2: a network designed for speed on a device rather than for few multiply-adds. A block splits its
 * channels, processes one half and concatenates, with equal channels in and out, no groups and no additions. A shuffle
 * then mixes the two halves, so that the next block processes channels of both.
 *
 * Ma, Zhang, Zheng and Sun, ShuffleNet V2: practical guidelines for efficient CNN architecture design (2018), in
 * torchvision's version.
 */
import { nchw, type Value } from "@isoconv/core-spec";
import { batchNorm2d, conv2d, linear, maxPool2d, relu, sequential, type Module, type Scope } from "@isoconv/nn";
import type { ModelDefinition, NetworkOptions, Source } from "../../model.js";
import { IMAGENET } from "./imagenet.js";

interface Configuration {
  readonly width: string;
  /** Channels of the three stages and of the last convolution, table 5 of the paper. */
  readonly channels: readonly [number, number, number, number];
}

const CONFIGURATIONS: readonly Configuration[] = [
  { width: "0.5", channels: [48, 96, 192, 1024] },
  { width: "1.0", channels: [116, 232, 464, 1024] },
  { width: "1.5", channels: [176, 352, 704, 1024] },
  { width: "2.0", channels: [244, 488, 976, 2048] },
];

const STEM_CHANNELS = 24;
/** Blocks in each of the three stages. */
const REPEATS = [4, 8, 4] as const;

function pointwise(inChannels: number, outChannels: number): readonly Module[] {
  return [conv2d(inChannels, outChannels, { kernelSize: 1, bias: false }), batchNorm2d(outChannels), relu()];
}

function depthwise(channels: number, stride: number): readonly Module[] {
  const options = { kernelSize: 3, stride, padding: 1, groups: channels, bias: false };
  return [conv2d(channels, channels, options), batchNorm2d(channels)];
}

/** Processes the second half of the channels and keeps the first. */
function block(channels: number): Module {
  const half = channels / 2;
  const branch2 = sequential([...pointwise(half, half), ...depthwise(half, 1), ...pointwise(half, half)]);
  return (scope, x) => {
    const part = (start: number): Value =>
      scope.graph.slice({ x }, { axes: [1], starts: [start], ends: [start + half] }, scope.nodeName("chunk"));
    const [kept, worked] = [part(0), part(half)];
    return shuffle(scope, [kept, scope.call("branch2", branch2, worked)]);
  };
}

/** Halves the image. Both branches read all channels, so the number of channels may grow. */
function downsampling(inChannels: number, outChannels: number): Module {
  const half = outChannels / 2;
  const branch1 = sequential([...depthwise(inChannels, 2), ...pointwise(inChannels, half)]);
  const branch2 = sequential([...pointwise(inChannels, half), ...depthwise(half, 2), ...pointwise(half, half)]);
  return (scope, x) => shuffle(scope, [scope.call("branch1", branch1, x), scope.call("branch2", branch2, x)]);
}

/** Concatenates two branches and interleaves their channels: the transpose of a matrix of 2 rows. */
function shuffle(scope: Scope, xs: readonly [Value, Value]): Value {
  const joined = scope.graph.concat({ xs }, { axis: 1 }, scope.nodeName("cat"));
  const [, channels, height, width] = nchw().check(joined.shape, { node: joined.name });
  const rows = scope.graph.reshape(
    { x: joined },
    { shape: [-1, 2, channels / 2, height * width] },
    scope.nodeName("view"),
  );
  const turns = scope.graph.transpose({ x: rows }, { permutation: [0, 2, 1, 3] }, scope.nodeName("transpose"));
  return scope.graph.reshape({ x: turns }, { shape: [-1, channels, height, width] }, scope.nodeName("view"));
}

const mean: Module = (scope, x) => scope.graph.mean({ x }, { axes: [2, 3] }, scope.nodeName());

function shufflenetV2({ channels: widths }: Configuration, { classes, channels }: NetworkOptions): Module {
  const [stage2, stage3, stage4, last] = widths;
  const stage = (inChannels: number, outChannels: number, repeats: number): Module =>
    sequential([
      downsampling(inChannels, outChannels),
      ...Array.from({ length: repeats - 1 }, () => block(outChannels)),
    ]);
  return sequential({
    conv1: sequential([
      conv2d(channels, STEM_CHANNELS, { kernelSize: 3, stride: 2, padding: 1, bias: false }),
      batchNorm2d(STEM_CHANNELS),
      relu(),
    ]),
    maxpool: maxPool2d({ kernelSize: 3, stride: 2, padding: 1 }),
    stage2: stage(STEM_CHANNELS, stage2, REPEATS[0]),
    stage3: stage(stage2, stage3, REPEATS[1]),
    stage4: stage(stage3, stage4, REPEATS[2]),
    conv5: sequential(pointwise(stage4, last)),
    mean,
    fc: linear(last, classes),
  });
}

const SHUFFLENET_V2: Source = Object.freeze({
  authors: "Ma, Zhang, Zheng and Sun",
  title: "ShuffleNet V2: practical guidelines for efficient CNN architecture design",
  year: 2018,
  url: "https://arxiv.org/abs/1807.11164",
});

export const shufflenetV2Models: readonly ModelDefinition[] = CONFIGURATIONS.map((configuration) => ({
  name: `shufflenet_v2_x${configuration.width.replace(".", "_")}`,
  family: "shufflenet",
  summary: `ShuffleNetV2 with ${configuration.width} times the channels, torchvision's.`,
  source: SHUFFLENET_V2,
  defaults: IMAGENET,
  minimumSize: 1,
  build: (options) => shufflenetV2(configuration, options),
}));
