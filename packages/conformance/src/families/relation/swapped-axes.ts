import { graphBuilder, mapOperands, type Graph, type OpName, type Shape, type Value } from "@isoconv/core-spec";
import { oneOpNetwork } from "@isoconv/judge";
import type { Restatement, RelatedNetwork } from "./statement.js";
import { mapTensors, swapHeightAndWidth } from "./tensor-axes.js";

const one = (
  op: OpName,
  variant: string,
  shapes: Readonly<Record<string, Shape | readonly Shape[]>>,
  attrs: Readonly<Record<string, unknown>> = {},
): RelatedNetwork => ({ op, variant, network: oneOpNetwork(`swap-${op}-${variant}`, op, shapes, attrs) });

const image: Shape = ["N", 4, 9, 6];

/** Exchanging height and width of the operands exchanges them in the result. */
export const swappedAxes: Restatement = {
  kind: "restatement",
  doc: "With height and width exchanged in operands and attributes, they are exchanged in the result.",
  equality: "bounds",
  subjects: () => [
    one("conv2d", "k3x1", { x: image, w: [3, 4, 3, 1] }),
    one("conv2d", "s2x1", { x: image, w: [3, 4, 3, 2] }, { strides: [2, 1] }),
    one("conv2d", "pads", { x: image, w: [3, 4, 3, 3], bias: [3] }, { pads: [0, 2, 1, 0] }),
    one("conv2d", "d1x2", { x: image, w: [3, 4, 2, 3] }, { dilations: [1, 2] }),
    one("conv2d", "g2-s1x3", { x: image, w: [4, 2, 2, 3] }, { groups: 2, strides: [1, 3], pads: [1, 0, 0, 2] }),
    one("conv2d", "depthwise", { x: image, w: [4, 1, 1, 3] }, { groups: 4, pads: [0, 1, 0, 1] }),
    one("convTranspose2d", "s2x1", { x: image, w: [4, 3, 3, 2] }, { strides: [2, 1], outputPads: [1, 0] }),
    one("convTranspose2d", "pads", { x: image, w: [4, 3, 3, 2] }, { pads: [0, 1, 2, 0], dilations: [1, 2] }),
    one("maxPool2d", "k3x2", { x: image }, { kernel: [3, 2], strides: [2, 1], pads: [1, 0, 0, 1] }),
    one("maxPool2d", "d2x1", { x: image }, { kernel: [2, 3], dilations: [2, 1] }),
    one("avgPool2d", "k2x3", { x: image }, { kernel: [2, 3], strides: [1, 2], pads: [0, 2, 1, 0] }),
    one("globalAvgPool2d", "plain", { x: image }),
    one("adaptiveAvgPool2d", "to-4x5", { x: image }, { outputSize: [4, 5] }),
    one("pad2d", "plain", { x: image }, { pads: [1, 0, 2, 3], value: 0.5 }),
    one("upsample", "s3x2", { x: image }, { scales: [3, 2] }),
    one("layerNorm", "pixels", { x: image, scale: [4], offset: [4] }, { axis: 1, epsilon: 1e-5 }),
    one("lrn", "size-3", { x: image }, { size: 3, alpha: 0.5 }),
  ],
  restate: ({ graph, parameters, feeds }) => ({
    parts: [
      {
        network: {
          graph: swapGraph(graph),
          parameters: mapTensors(parameters, swapHeightAndWidth),
          feeds: mapTensors(feeds, swapHeightAndWidth),
        },
      },
    ],
    read: ([results]) => mapTensors(results, swapHeightAndWidth),
  }),
};

function swapGraph({ name, inputs, parameters, nodes, outputs }: Graph): Graph {
  const g = graphBuilder(name);
  const values = new Map<string, Value>();
  for (const input of inputs) values.set(input.name, g.input(input.name, swapShape(input.shape)));
  for (const parameter of parameters) {
    values.set(parameter.name, g.parameter(parameter.name, swapShape(parameter.shape)));
  }
  const valueOf = (valueName: string): Value => {
    const value = values.get(valueName);
    if (value === undefined) throw new Error(`no value "${valueName}" in "${name}"`);
    return value;
  };
  for (const node of nodes) {
    const attrs = Object.fromEntries(
      Object.entries(node.attrs).map(([key, value]) => [key, swapAttribute(key, value)]),
    );
    values.set(node.name, g.apply(node.op, mapOperands<string, Value>(node.inputs, valueOf), attrs, node.name));
  }
  return g.build(outputs.map((output) => [output.name, valueOf(output.value)] as const));
}

function swapShape(shape: Shape): Shape {
  if (shape.length !== 4) return shape;
  const [first, second, height, width] = shape;
  return [first, second, width, height];
}

/** Attributes with a value for the height and one for the width. */
const PAIRS: ReadonlySet<string> = new Set(["kernel", "strides", "dilations", "outputPads", "outputSize", "scales"]);

function swapAttribute(key: string, value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const list: readonly unknown[] = value;
  if (PAIRS.has(key)) return list.toReversed();
  if (key === "pads") return [list[1], list[0], list[3], list[2]];
  throw new Error(`"${key}" has no swapped form`);
}
