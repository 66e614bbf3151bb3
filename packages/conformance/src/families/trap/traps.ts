import { graphBuilder, type GraphBuilder, type OpName, type Shape, type Value } from "@isoconv/core-spec";
import { type Fill, fillsFor, lattice, type NetworkSpec, oneOpNetwork } from "@isoconv/judge";

/** A combination that broke a real project. */
export interface Trap {
  /** The mistake of real projects, as a sentence without a full stop. */
  readonly story: string;
  readonly network: (name: string) => NetworkSpec;
  /** Requires equal bits. */
  readonly exactly?: boolean;
}

type Fills = Readonly<Record<string, Fill>>;

function op(
  story: string,
  name: OpName,
  shapes: Readonly<Record<string, Shape>>,
  attrs: Readonly<Record<string, unknown>>,
  rest: { readonly fills?: Fills; readonly batch?: number } & Pick<Trap, "exactly"> = {},
): Trap {
  const { fills, batch, ...how } = rest;
  const options = { ...(fills === undefined ? {} : { fills }), ...(batch === undefined ? {} : { batch }) };
  return { story, network: (id) => oneOpNetwork(id, name, shapes, attrs, options), ...how };
}

function network(
  story: string,
  build: (g: GraphBuilder) => Value,
  { fills = {}, ...how }: { readonly fills?: Fills } & Pick<Trap, "exactly"> = {},
): Trap {
  return {
    story,
    network: (id) => {
      const g = graphBuilder(id);
      const graph = g.build({ y: build(g) });
      const names = graph.parameters.map((parameter) => parameter.name);
      return { graph, batch: 2, seed: 1, fills: { ...fillsFor(names), ...fills } };
    },
    ...how,
  };
}

const negative: Fill = { kind: "uniform", low: -3, high: -1 };
const narrow: Fill = { kind: "uniform", low: 0.5e-4, high: 1.5e-4 };
const k3s2 = { kernel: [3, 3], strides: [2, 2] } as const;

/** PyTorch's `ceil` at an even extent: one more window, which overhangs the bottom and the right by one. */
const ceilAt = (extent: number): Trap =>
  op(
    "A rounding mode `ceil` that reads beyond the input returns other contents of the memory",
    "maxPool2d",
    { x: [1, 2, extent, extent] },
    { ...k3s2, pads: [0, 0, 1, 1] },
  );

const batchNormWith = (epsilon: number): Trap =>
  op(
    "The defaults of ε differ by a factor of 100 between libraries, which small variances show",
    "batchNorm",
    { x: ["N", 3, 4, 5], mean: [3], variance: [3], scale: [3], offset: [3] },
    { epsilon },
    { fills: { variance: narrow } },
  );

const lrnOf = (size: number): Trap =>
  op(
    "Only some libraries divide α by the size, and they centre even windows differently",
    "lrn",
    { x: ["N", 9, 3, 4] },
    { size, alpha: 1, beta: 0.75, bias: 1 },
  );

/** All traps by name. */
export const traps = {
  "conv-s2-p1-even-input": op(
    "SAME is not `padding: 1`: at stride 2 on an even input it pads the bottom and the right only",
    "conv2d",
    { x: ["N", 3, 8, 8], w: [4, 3, 3, 3] },
    { strides: [2, 2], pads: [1, 1, 1, 1] },
  ),
  "maxpool-k3-s2-p1": op(
    "SAME is not `padding: 1` in pools either",
    "maxPool2d",
    { x: ["N", 3, 8, 8] },
    { ...k3s2, pads: [1, 1, 1, 1] },
  ),
  "maxpool-k3-s2-ceil-at-112": ceilAt(112),
  "maxpool-k3-s2-ceil-at-56": ceilAt(56),
  "maxpool-k3-s2-ceil-at-54": ceilAt(54),
  "maxpool-k3-s2-ceil-at-28": ceilAt(28),
  "ceil-drops-window-starting-in-padding": op(
    "5, k2, s2, p1 with ceil gives 3 windows, not 4: the last would start in the padding",
    "maxPool2d",
    { x: ["N", 2, 5, 5] },
    { kernel: [2, 2], strides: [2, 2], pads: [1, 1, 0, 0] },
  ),
  "avgpool-pad-not-counted": op(
    "Padding is counted by default in some libraries and not in others",
    "avgPool2d",
    { x: ["N", 3, 7, 6] },
    { ...k3s2, pads: [1, 1, 1, 1] },
  ),
  "avgpool-pad-counted": network(
    "An average that counts the padding equals an average after explicit padding with 0",
    (g) => g.avgPool2d({ x: g.pad2d({ x: g.input("x", ["N", 3, 7, 6]) }, { pads: [1, 1, 1, 1] }) }, k3s2),
  ),
  "avgpool-ceil-overhang-not-counted": op(
    "The overhang of ceil is not counted, with and without counted padding",
    "avgPool2d",
    { x: ["N", 3, 8, 8] },
    { ...k3s2, pads: [0, 0, 1, 1] },
  ),
  "avgpool-pad-counted-with-ceil": network(
    "With padding counted and ceil, the divisor counts the padding but not the overhang",
    (g) =>
      g.avgPool2d(
        { x: g.pad2d({ x: g.input("x", ["N", 3, 6, 8]) }, { pads: [1, 1, 1, 1] }) },
        { ...k3s2, pads: [0, 0, 1, 1] },
      ),
  ),
  "avgpool-window-of-one-element": op(
    "A corner window with one element that is not padding divides by 1",
    "avgPool2d",
    { x: ["N", 2, 4, 4] },
    { kernel: [2, 2], strides: [3, 3], pads: [1, 1, 1, 1] },
  ),
  "batchnorm-epsilon-1e-3": batchNormWith(1e-3),
  "batchnorm-epsilon-1e-5": batchNormWith(1e-5),
  "layernorm-mean-far-from-zero": op(
    "A variance computed as the mean square minus the squared mean cancels if the mean is far from zero",
    "layerNorm",
    { x: ["N", 6, 3, 4], scale: [6], offset: [6] },
    { axis: 1, epsilon: 1e-5 },
    { fills: { x: { kind: "uniform", low: 998, high: 1002 } } },
  ),
  "lrn-odd-size": lrnOf(5),
  "lrn-even-size": lrnOf(4),
  "conv-32-groups": op(
    "Runtimes without grouped convolutions split and concatenate, and may mix up the order",
    "conv2d",
    { x: ["N", 64, 5, 5], w: [96, 2, 3, 3] },
    { groups: 32, pads: [1, 1, 1, 1] },
  ),
  "depthwise-with-multiplier": op(
    "The multiplier's order is channel first, then multiple",
    "conv2d",
    { x: ["N", 4, 6, 5], w: [12, 1, 3, 3], bias: [12] },
    { groups: 4 },
  ),
  "conv-1x1-s2": op(
    "A 1×1 convolution computed as a matrix product ignores its stride",
    "conv2d",
    { x: ["N", 6, 7, 8], w: [4, 6, 1, 1] },
    { strides: [2, 2] },
  ),
  "kernel-as-large-as-padded-input": op(
    "A kernel larger than the input, but not larger than the padded input, gives one window, not an empty tensor",
    "conv2d",
    { x: ["N", 2, 3, 4], w: [3, 2, 5, 6] },
    { pads: [1, 1, 1, 1] },
  ),
  "conv-taps-straddle-small-input": op(
    "A dilated window whose taps lie on both sides of the input reads zeros only, so the result is the bias",
    "conv2d",
    { x: ["N", 2, 1, 1], w: [3, 2, 2, 2], bias: [3] },
    { dilations: [2, 2], pads: [1, 1, 1, 1] },
  ),
  "conv-taps-straddle-with-stride-and-groups": op(
    "Special kernels for groups, strides or depthwise filters are wrong if taps straddle the input",
    "conv2d",
    { x: ["N", 4, 2, 3], w: [8, 1, 3, 2], bias: [8] },
    { groups: 4, strides: [2, 1], dilations: [3, 4], pads: [5, 3, 4, 2] },
  ),
  "conv-window-in-padding": op(
    "A 1×1 convolution padded by 1 has a border of biases; a runtime that counts taps from the input's edge reads beyond it",
    "conv2d",
    { x: ["N", 2, 3, 4], w: [3, 2, 1, 1], bias: [3] },
    { pads: [1, 2, 1, 0] },
  ),
  "conv-window-far-in-padding": op(
    "Some runtimes refuse pads larger than the kernel, and others clamp them",
    "conv2d",
    { x: ["N", 2, 3, 2], w: [3, 2, 3, 3], bias: [3] },
    { pads: [4, 0, 5, 7] },
  ),
  "stride-and-dilation-2": op(
    "Some runtimes refuse a stride with a dilation above 1, and others ignore one of the two",
    "conv2d",
    { x: ["N", 3, 9, 11], w: [4, 3, 3, 3] },
    { strides: [2, 2], dilations: [2, 2], pads: [1, 2, 2, 1] },
  ),
  "concat-flatten-linear": network(
    "A channels-last backend flattens in another order than the linear weights were trained for",
    (g) => {
      const xs = [g.input("a", ["N", 2, 2, 3]), g.input("b", ["N", 3, 2, 3])];
      const flat = g.flatten({ x: g.concat({ xs }, { axis: 1 }) });
      return g.linear({ x: flat, w: g.parameter("w", [4, 30]), bias: g.parameter("bias", [4]) });
    },
    { exactly: true, fills: { a: lattice, b: lattice, w: lattice, bias: lattice } },
  ),
  "batch-of-two-different-items": op(
    "A backend that computes the first item of a batch and copies it passes every test with one image",
    "conv2d",
    { x: ["N", 3, 6, 6], w: [4, 3, 3, 3] },
    {},
    { batch: 2 },
  ),
  "odd-width-run-twice": op(
    "A buffer reused from the last run and aligned to four columns gives a wrong second result at odd widths",
    "conv2d",
    { x: ["N", 3, 5, 7], w: [4, 3, 3, 3] },
    { pads: [1, 1, 1, 1] },
  ),
  "dot-product-of-4608": op(
    "A constant tolerance either refuses a long sum in float32 or accepts half precision",
    "conv2d",
    { x: ["N", 512, 3, 3], w: [4, 512, 3, 3] },
    {},
  ),
  "relu-of-negative-zero": op(
    "relu(−0) may be either zero, but not anything else",
    "relu",
    { x: ["N", 4] },
    {},
    { fills: { x: { kind: "cycle", values: [-0, 0, -1, 1] } } },
  ),
  "nonfinite-through-relu": op(
    "max(NaN, 0) is 0 in some runtimes, which hides that a network has broken",
    "relu",
    { x: ["N", 4] },
    {},
    { fills: { x: { kind: "cycle", values: [Number.NaN, Infinity, -Infinity, 1] } } },
  ),
  "nonfinite-through-maxpool": op(
    "A comparison with NaN is false, so whether a NaN is kept depends on its position in the window",
    "maxPool2d",
    { x: [1, 1, 2, 12] },
    { kernel: [2, 2], strides: [2, 2] },
    {
      fills: {
        x: { kind: "cycle", values: [Number.NaN, 1, 2, Number.NaN, 3, 4, 5, Infinity, -Infinity, -Infinity, 6] },
      },
    },
  ),
  "maxpool-all-negative-at-the-edge": op(
    "Padding with 0 exceeds negative values; the padding must be −∞",
    "maxPool2d",
    { x: ["N", 2, 5, 5] },
    { ...k3s2, pads: [1, 1, 1, 1] },
    { fills: { x: negative } },
  ),
  "nowhere-near-zero": op(
    "A failed allocation or shader gives zeros, which a loose tolerance around small values accepts",
    "conv2d",
    { x: ["N", 2, 5, 5], w: [3, 2, 3, 3], bias: [3] },
    {},
    { fills: { x: { kind: "uniform", low: 1, high: 2 }, w: { kind: "uniform", low: 1, high: 2 } } },
  ),
} satisfies Readonly<Record<string, Trap>>;
