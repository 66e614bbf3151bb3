import { graphBuilder, type OpName, type Shape } from "@isoconv/core-spec";
import { type Fill, lattice, type NetworkSpec, oneOpNetwork } from "@isoconv/judge";

/** A network on which a fault shows. */
export interface Witness {
  readonly network: NetworkSpec;
  readonly exactly: boolean;
  readonly runs: number;
}

interface Application {
  readonly op: OpName;
  readonly shapes: Readonly<Record<string, Shape | readonly Shape[]>>;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly fills?: Readonly<Record<string, Fill>>;
  readonly batch?: number;
  readonly exactly?: boolean;
  readonly runs?: number;
}

function apply({ op, shapes, attrs = {}, fills = {}, batch = 2, exactly = false, runs = 1 }: Application): Witness {
  return { network: oneOpNetwork(op, op, shapes, attrs, { batch, fills }), exactly, runs };
}

const cycle = (...values: number[]): Fill => ({ kind: "cycle", values });
const negative: Fill = { kind: "uniform", low: -2, high: -1 };
const conv = (
  attrs: Readonly<Record<string, unknown>>,
  w: Shape = [4, 3, 3, 3],
  rest: Partial<Application> = {},
): Witness => apply({ op: "conv2d", shapes: { x: ["N", 3, 9, 8], w, bias: [Number(w[0])] }, attrs, ...rest });
const grouped = (w: Shape, groups: number): Witness =>
  apply({ op: "conv2d", shapes: { x: ["N", 4, 5, 5], w, bias: [Number(w[0])] }, attrs: { groups } });
const pool = (op: "maxPool2d" | "avgPool2d", attrs: Readonly<Record<string, unknown>>, x: Fill = negative): Witness =>
  apply({ op, shapes: { x: ["N", 2, 7, 8] }, attrs: { kernel: [3, 3], strides: [2, 2], ...attrs }, fills: { x } });
const pads = [1, 1, 1, 1];
const on = (
  op: OpName,
  attrs: Readonly<Record<string, unknown>> = {},
  x?: Fill,
  shape: Shape = ["N", 3, 4, 5],
): Witness => apply({ op, shapes: { x: shape }, attrs, ...(x === undefined ? {} : { fills: { x } }) });
const statistics = { mean: [3], variance: [3], scale: [3], offset: [3] };
const batchNorm = (epsilon: number): Witness =>
  apply({
    op: "batchNorm",
    shapes: { x: ["N", 3, 4, 4], ...statistics },
    attrs: { epsilon },
    fills: { variance: cycle(1e-4, 2e-4, 3e-4) },
  });
const layerNorm = (epsilon: number, x?: Fill): Witness =>
  apply({
    op: "layerNorm",
    shapes: { x: ["N", 3, 4, 4], scale: [3], offset: [3] },
    attrs: { axis: 1, epsilon },
    ...(x === undefined ? {} : { fills: { x } }),
  });
const transposed = (attrs: Readonly<Record<string, unknown>>, w: Shape = [4, 2, 3, 3]): Witness =>
  apply({ op: "convTranspose2d", shapes: { x: ["N", 4, 4, 4], w }, attrs: { strides: [2, 2], ...attrs } });

/** conv2d → batchNorm, or conv2d whose result is used with and without relu. */
function chain(kind: "batch-norm" | "shared-relu" | "relu6"): Witness {
  const g = graphBuilder(kind);
  const y = g.conv2d({ x: g.input("x", ["N", 3, 6, 6]), w: g.parameter("w", [4, 3, 3, 3]) }, {}, "conv");
  const parameter = (name: string): ReturnType<typeof g.parameter> => g.parameter(name, [4]);
  const result =
    kind === "batch-norm"
      ? g.batchNorm({ x: y, mean: parameter("mean"), variance: parameter("variance") }, { epsilon: 1e-5 })
      : kind === "relu6"
        ? g.clip({ x: y }, { min: 0, max: 6 })
        : g.add({ a: g.relu({ x: y }, {}), b: y }, {});
  const fills = {
    variance: cycle(1e-4, 2e-4),
    x: kind === "relu6" ? ({ kind: "uniform", low: -9, high: 9 } as const) : cycle(1, -2, 0.5),
  };
  return { network: { graph: g.build({ y: result }), batch: 2, seed: 1, fills }, exactly: false, runs: 1 };
}

/** By fault: networks on which it differs from the oracle. The faults of a backend's methods are not here. */
export const witnesses: Readonly<Record<string, Witness>> = {
  "swapped-pads": conv({ pads: [0, 2, 1, 0] }),
  "same-lower": conv({ strides: [2, 2], pads: [0, 0, 1, 1] }),
  "symmetric-pads": conv({ pads: [0, 2, 0, 0] }),
  "empty-window": conv({ pads: [3, 0, 0, 0] }),
  "swapped-strides": conv({ strides: [2, 1], pads }),
  "transposed-kernel": conv({}),
  "flipped-kernel": conv({}),
  "dilation-ignored": conv({ dilations: [2, 1] }),
  "dilation-of-one-axis": conv({ dilations: [1, 2] }),
  "stride-with-dilation": conv({ dilations: [2, 2], strides: [2, 2], pads }),
  "dropped-last-row": conv({}),
  "interleaved-groups": grouped([4, 2, 3, 3], 2),
  "multiplier-order": grouped([8, 1, 3, 3], 4),
  "groups-share-filters": grouped([4, 2, 3, 3], 2),
  "bias-along-width": conv({}),
  "bias-dropped-in-groups": grouped([4, 2, 3, 3], 2),
  "only-first-item": conv({}),
  "fused-activation-dropped": conv({ activation: "relu" }),
  "fused-relu6-uncapped": chain("relu6"),
  "undeclared-tf32": conv({}),
  "undeclared-tf32-linear": apply({ op: "linear", shapes: { x: ["N", 64], w: [8, 64] } }),
  "undeclared-half-output": on("sigmoid"),
  "half-accumulator": conv({}),
  "undeclared-winograd": conv({ pads }, [4, 3, 3, 3], {
    fills: { x: lattice, w: lattice, bias: lattice },
    exactly: true,
  }),
  "undeclared-flush": apply({
    op: "add",
    shapes: { a: ["N", 4], b: [4] },
    fills: { a: cycle(1e-40), b: cycle(2e-40) },
  }),
  "infinity-clamped": apply({ op: "mul", shapes: { a: ["N", 4], b: [4] }, fills: { a: cycle(3e38), b: cycle(4, -4) } }),
  "max-pool-drops-nan": pool("maxPool2d", {}, cycle(1, 2, Number.NaN, 4)),
  "max-pool-pads-with-zero": pool("maxPool2d", { pads }),
  "max-pool-starts-at-lowest-normal": pool("maxPool2d", {}),
  "ceil-garbage": pool("maxPool2d", { pads: [0, 0, 1, 1] }),
  "max-pool-dilation-ignored": pool("maxPool2d", { dilations: [2, 2], strides: [1, 1] }),
  "pool-kernel-swapped": pool("maxPool2d", { kernel: [2, 3], pads: [0, 1, 0, 1] }),
  "padding-counted": pool("avgPool2d", { pads }),
  "adaptive-rounding": on("adaptiveAvgPool2d", { outputSize: [3, 3] }),
  "wrong-epsilon": batchNorm(1e-5),
  "epsilon-outside-root": batchNorm(1e-3),
  "variance-as-deviation": batchNorm(1e-5),
  "layer-norm-unbiased": layerNorm(1e-5),
  "layer-norm-one-pass": layerNorm(1e-5, { kind: "uniform", low: 999, high: 1001 }),
  "layer-norm-epsilon-ignored": layerNorm(0.5),
  "layer-norm-scale-ignored": layerNorm(1e-5),
  "layer-norm-trailing-axes": layerNorm(1e-5),
  "lrn-alpha-undivided": on("lrn", { size: 3, alpha: 1 }),
  "lrn-even-window": on("lrn", { size: 2, alpha: 1 }),
  "softmax-without-shift": on("softmax", { axis: 1 }, cycle(1e4, 0, -1e4)),
  "softmax-last-axis": on("softmax", { axis: 1 }),
  "log-of-softmax": on("logSoftmax", { axis: 1 }, cycle(1e4, 0, -1e4)),
  "relu-drops-nan": on("relu", {}, cycle(1, Number.NaN)),
  "fixed-leaky-slope": on("leakyRelu", { slope: 0.2 }),
  "prelu-aligns-last": apply({ op: "prelu", shapes: { x: ["N", 3, 4, 5], slope: [3] }, fills: { x: negative } }),
  "prelu-maximum": apply({
    op: "prelu",
    shapes: { x: ["N", 3, 4, 5], slope: [3] },
    fills: { x: negative, slope: cycle(2) },
  }),
  "tanh-gelu": on("gelu", {}, cycle(2, -2)),
  "gelu-multiplies-first": on("gelu", {}, cycle(1.8e38, 1)),
  "hard-swish-multiplies-first": on("hardSwish", {}, cycle(1e38, 1)),
  "keras-hard-sigmoid": on("hardSigmoid"),
  "clip-ignores-max": on("clip", { min: 0, max: 0.5 }),
  "sigmoid-overflows": on("sigmoid", {}, cycle(1e4)),
  "tanh-overflows": on("tanh", {}, cycle(1e4)),
  "elu-ignores-alpha": on("elu", { alpha: 2 }),
  "add-repeats": apply({ op: "add", shapes: { a: ["N", 3, 4, 4], b: [3, 1, 1] } }),
  "mul-middle-axis": apply({ op: "mul", shapes: { a: ["N", 3, 4], b: ["N", 1, 4] } }),
  "relu-in-place": chain("shared-relu"),
  "linear-transposed": apply({ op: "linear", shapes: { x: ["N", 4], w: [4, 4] } }),
  "linear-bias-of-first-row": apply({ op: "linear", shapes: { x: ["N", 4], w: [3, 4], bias: [3] } }),
  "mean-drops-kept-axes": on("mean", { axes: [2], keepDims: true }),
  "mean-divides-by-one-axis": on("mean", { axes: [2, 3] }),
  "output-pads-first": transposed({ pads, outputPads: [1, 1] }),
  "transposed-kernel-flipped": transposed({}),
  "transposed-groups-swapped": transposed({ groups: 2 }),
  "concat-last-axis": apply({
    op: "concat",
    shapes: {
      xs: [
        ["N", 2, 3, 3],
        ["N", 1, 3, 3],
      ],
    },
    attrs: { axis: 1 },
  }),
  "concat-of-two": apply({
    op: "concat",
    shapes: {
      xs: [
        ["N", 2],
        ["N", 2],
        ["N", 2],
      ],
    },
    attrs: { axis: 1 },
  }),
  "flatten-channels-last": on("flatten"),
  "inverse-permutation": on("transpose", { permutation: [0, 2, 3, 1] }),
  "pad-swapped": on("pad2d", { pads: [1, 0, 2, 3] }),
  "pad-value-ignored": on("pad2d", { pads, value: 3 }),
  "pad-value-loses-sign": on("pad2d", { pads, value: -0 }),
  "slice-starts-ignored": on("slice", { axes: [2, 3], starts: [1, 2], ends: [3, 4] }),
  "reshape-column-major": on("reshape", { shape: [-1, 60] }),
  "upsample-half-pixel": on("upsample", { scales: [2, 2] }),
  "lost-negative-zero": apply({
    op: "concat",
    shapes: {
      xs: [
        ["N", 2],
        ["N", 1],
      ],
    },
    attrs: { axis: 1 },
    fills: { "xs.0": cycle(-0) },
  }),
  "vector-remainder": apply({
    op: "concat",
    shapes: {
      xs: [
        ["N", 4],
        ["N", 3],
      ],
    },
    attrs: { axis: 1 },
  }),
  "dropout-returns-operand": on("dropout"),
  "dropout-still-scales": on("dropout", { p: 0.25 }),
  "fuses-shared-relu": chain("shared-relu"),
  "folds-with-wrong-epsilon": chain("batch-norm"),
  "stale-accumulator": conv({}, [4, 3, 3, 3], { runs: 2 }),
  "rare-wrong-element": conv({ pads }, [32, 3, 3, 3], { batch: 5 }),
  "odd-batch-tail": conv({}, [4, 3, 3, 3], { batch: 3 }),
  "native-but-unsupported": on("gelu"),
};
