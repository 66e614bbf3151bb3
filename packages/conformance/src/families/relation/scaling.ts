import type { GraphBuilder, OpName, Shape, Value } from "@isoconv/core-spec";
import { type Fill, fillsFor, oneOpNetwork } from "@isoconv/judge";
import { subject, type Restatement, type RelatedNetwork } from "./statement.js";
import { mapTensors, multiplied } from "./tensor-axes.js";

/** By operation, the operands that are factors and are not scaled. All other operands are scaled with `x`. */
const FACTORS: Readonly<Partial<Record<OpName, readonly string[]>>> = {
  conv2d: ["w"],
  convTranspose2d: ["w"],
  linear: ["w"],
  batchNorm: ["scale", "variance"],
  mul: ["w"],
  prelu: ["slope"],
};

/** Values far from the underflow of half precision, where doubling changes the rounding. */
const coarse: Fill = { kind: "uniform", low: 0.5, high: 1.5 };

const one = (
  op: OpName,
  variant: string,
  shapes: Readonly<Record<string, Shape | readonly Shape[]>>,
  attrs: Readonly<Record<string, unknown>> = {},
): RelatedNetwork => {
  const signed: Fill = { kind: "cycle", values: [1.1, -0.7, 0.6, -1.3, -0.9, 1.4, 0.8] };
  const fills = { w: signed, bias: coarse, x: coarse, ...fillsFor(Object.keys(shapes)) };
  return { op, variant, network: oneOpNetwork(`scaling-${op}-${variant}`, op, shapes, attrs, { fills }) };
};

const image: Shape = ["N", 4, 7, 6];

/** `y(2x) = 2·y(x)` with equal bits, because a power of two changes only the exponent. */
export const scaling: Restatement = {
  kind: "restatement",
  doc: "A linear operation on doubled operands gives the doubled result.",
  equality: "bits",
  subjects: () => [
    one("conv2d", "plain", { x: image, w: [3, 4, 3, 3] }),
    one("conv2d", "s2-p1-bias", { x: image, w: [5, 4, 3, 3], bias: [5] }, { strides: [2, 2], pads: [1, 1, 1, 1] }),
    one("conv2d", "g2", { x: image, w: [6, 2, 3, 2] }, { groups: 2 }),
    one("conv2d", "depthwise", { x: image, w: [4, 1, 3, 3], bias: [4] }, { groups: 4, pads: [1, 1, 1, 1] }),
    one("conv2d", "d2", { x: image, w: [2, 4, 2, 3] }, { dilations: [2, 2] }),
    one("conv2d", "relu", { x: image, w: [3, 4, 3, 3], bias: [3] }, { activation: "relu" }),
    one("convTranspose2d", "s2", { x: image, w: [4, 3, 3, 3], bias: [3] }, { strides: [2, 2], pads: [1, 1, 1, 1] }),
    one("convTranspose2d", "g2", { x: image, w: [4, 3, 2, 3] }, { groups: 2 }),
    one("linear", "plain", { x: ["N", 9], w: [5, 9] }),
    one("linear", "bias", { x: ["N", 3, 9], w: [5, 9], bias: [5] }),
    one("maxPool2d", "k3", { x: image }, { kernel: [3, 3], pads: [1, 1, 1, 1] }),
    one("avgPool2d", "k3-p1", { x: image }, { kernel: [3, 3], pads: [1, 1, 1, 1] }),
    one("globalAvgPool2d", "plain", { x: image }),
    one("adaptiveAvgPool2d", "to-3x2", { x: image }, { outputSize: [3, 2] }),
    one("batchNorm", "plain", { x: image, mean: [4], variance: [4], scale: [4], offset: [4] }, { epsilon: 1e-5 }),
    one("add", "broadcast", { a: image, b: [4, 1, 1] }),
    subject("mul", "by-parameter", (g: GraphBuilder): Record<string, Value> => {
      return { y: g.mul({ a: g.input("x", image), b: g.parameter("w", [4, 1, 1]) }) };
    }),
    one("leakyRelu", "plain", { x: image }, { slope: 0.2 }),
    one("prelu", "channels", { x: image, slope: [4] }),
    one("mean", "channels", { x: image }, { axes: [1] }),
    one("mean", "image-kept", { x: image }, { axes: [2, 3], keepDims: true }),
  ],
  restate: ({ graph, parameters, feeds }) => {
    const factors = graph.nodes.flatMap(({ op }) => FACTORS[op] ?? []);
    const network = {
      graph,
      parameters: mapTensors(parameters, (tensor, name) => (factors.includes(name) ? tensor : multiplied(tensor, 2))),
      feeds: mapTensors(feeds, (tensor) => multiplied(tensor, 2)),
    };
    return { parts: [{ network }], read: ([results]) => mapTensors(results, (tensor) => multiplied(tensor, 0.5)) };
  },
};
