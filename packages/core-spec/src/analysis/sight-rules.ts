import type { Pads2d, Pair } from "../attribute.js";
import type { NodeOf } from "../graph/graph.js";
import type { OpName } from "../registry.js";
import type { Shape } from "../shape.js";
import {
  adaptSight,
  broadcastSight,
  enlargeSight,
  joinSights,
  mixAlong,
  reshapeSight,
  slideSight,
  widen,
  type Sight,
} from "./sight.js";

/** What is known of one operand. */
export interface Operand {
  readonly sight: Sight;
  readonly shape: Shape;
}

/** What the elements of a node see, given what those of its operands see. */
export type SightRule<K extends OpName> = (node: NodeOf<K>, operandOf: (name: string) => Operand) => Sight;

type OfOne = (
  node: { readonly inputs: { readonly x: string }; readonly shape: Shape },
  operandOf: (name: string) => Operand,
) => Sight;

const unchanged: OfOne = ({ inputs }, operandOf) => operandOf(inputs.x).sight;

const reshaped: OfOne = ({ inputs, shape }, operandOf) => {
  const { sight, shape: from } = operandOf(inputs.x);
  return reshapeSight(sight, from, shape);
};

const CHANNELS = 1;

/** A window over the axes 2 and 3, wherever the image's own have gone. */
function slid(sight: Sight, kernel: Pair, attrs: { strides: Pair; pads: Pads2d; dilations?: Pair }): Sight {
  const index = windowAxis(sight);
  if (index === undefined) return sight;
  return slideSight(sight, {
    kernel: kernel[index],
    stride: attrs.strides[index],
    pad: attrs.pads[index],
    dilation: attrs.dilations?.[index] ?? 1,
  });
}

/** 0 where the sight runs along axis 2 of `[N, C, H, W]`, 1 along axis 3. */
function windowAxis({ axis }: Sight): 0 | 1 | undefined {
  return axis === 2 ? 0 : axis === 3 ? 1 : undefined;
}

/** Every operation's rule. A new operation that leaves its elements where they are is `unchanged`. */
export const sightRules: { readonly [K in OpName]: SightRule<K> } = {
  conv2d: ({ inputs, attrs }, operandOf) => {
    const [, , height, width] = operandOf(inputs.w).shape;
    return slid(mixAlong(operandOf(inputs.x).sight, CHANNELS), [Number(height), Number(width)], attrs);
  },
  convTranspose2d: ({ inputs, attrs: { strides, pads, dilations } }, operandOf) => {
    const sight = mixAlong(operandOf(inputs.x).sight, CHANNELS);
    const index = windowAxis(sight);
    if (index === undefined) return sight;
    const kernel = dilations[index] * (Number(operandOf(inputs.w).shape[2 + index]) - 1) + 1;
    return enlargeSight(sight, { kernel, stride: strides[index], pad: pads[index] });
  },
  linear: ({ inputs }, operandOf) => {
    const { sight, shape } = operandOf(inputs.x);
    return mixAlong(sight, shape.length - 1);
  },
  maxPool2d: ({ inputs, attrs }, operandOf) => slid(operandOf(inputs.x).sight, attrs.kernel, attrs),
  avgPool2d: ({ inputs, attrs }, operandOf) => slid(operandOf(inputs.x).sight, attrs.kernel, attrs),
  globalAvgPool2d: ({ inputs }, operandOf) => mixAlong(mixAlong(operandOf(inputs.x).sight, 2), 3),
  adaptiveAvgPool2d: ({ inputs, attrs: { outputSize } }, operandOf) => {
    const { sight, shape } = operandOf(inputs.x);
    const index = windowAxis(sight);
    if (index === undefined) return sight;
    const out = outputSize[index];
    return out === 1 ? widen(sight) : adaptSight(sight, Number(shape[2 + index]), out);
  },
  batchNorm: unchanged,
  lrn: ({ inputs }, operandOf) => mixAlong(operandOf(inputs.x).sight, CHANNELS),
  layerNorm: ({ inputs, attrs }, operandOf) => mixAlong(operandOf(inputs.x).sight, attrs.axis),
  softmax: ({ inputs, attrs }, operandOf) => mixAlong(operandOf(inputs.x).sight, attrs.axis),
  logSoftmax: ({ inputs, attrs }, operandOf) => mixAlong(operandOf(inputs.x).sight, attrs.axis),
  add: broadcasting,
  mul: broadcasting,
  relu: unchanged,
  leakyRelu: unchanged,
  elu: unchanged,
  clip: unchanged,
  sigmoid: unchanged,
  hardSigmoid: unchanged,
  tanh: unchanged,
  silu: unchanged,
  hardSwish: unchanged,
  gelu: unchanged,
  concat: ({ inputs, attrs }, operandOf) =>
    mixAlong(joinSights(inputs.xs.map((name) => operandOf(name).sight)), attrs.axis),
  slice: ({ inputs, attrs: { starts, axes } }, operandOf) => {
    const { sight } = operandOf(inputs.x);
    if (sight.axis === undefined) return sight;
    const start = starts[axes.length === 0 ? sight.axis : axes.indexOf(sight.axis)] ?? 0;
    return slideSight(sight, { kernel: 1, stride: 1, pad: -start, dilation: 1 });
  },
  reshape: reshaped,
  flatten: reshaped,
  transpose: ({ inputs, attrs: { permutation } }, operandOf) => {
    const { sight } = operandOf(inputs.x);
    return sight.axis === undefined ? sight : { ...sight, axis: permutation.indexOf(sight.axis) };
  },
  pad2d: ({ inputs, attrs: { pads } }, operandOf) => slid(operandOf(inputs.x).sight, [1, 1], { strides: [1, 1], pads }),
  upsample: ({ inputs, attrs: { scales } }, operandOf) => {
    const { sight } = operandOf(inputs.x);
    const index = windowAxis(sight);
    if (index === undefined) return sight;
    return enlargeSight(sight, { kernel: scales[index], stride: scales[index], pad: 0 });
  },
  mean: ({ inputs, attrs: { axes, keepDims } }, operandOf) => {
    const { sight } = operandOf(inputs.x);
    const { axis } = sight;
    if (axis === undefined) return sight;
    if (axes.includes(axis)) return widen(sight);
    return keepDims ? sight : { ...sight, axis: axis - axes.filter((reduced) => reduced < axis).length };
  },
  dropout: unchanged,
};

function broadcasting(
  { inputs, shape }: { readonly inputs: { readonly a: string; readonly b: string }; readonly shape: Shape },
  operandOf: (name: string) => Operand,
): Sight {
  return joinSights(
    [inputs.a, inputs.b].map((name) => {
      const { sight, shape: from } = operandOf(name);
      return broadcastSight(sight, from, shape);
    }),
  );
}
