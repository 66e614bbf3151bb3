import {
  definitionOf,
  listOperands,
  shapesOf,
  type Graph,
  type Node,
  type ParameterUse,
  type Shape,
} from "@isoconv/core-spec";
import { isDepthwise } from "./filters.js";
import { asColumns, asFilters, asGroupedBias, asImage, asPlain, asValue, type Packing } from "./packing.js";
import { flattenedLayout, sameLayout, type Layout } from "./value.js";

/**
 * Predicts from the graph alone the layout of every value, and so how to pack each parameter. The layouts that values
 * carry at run time decide; if one differs, its reader converts it.
 */
export function planPackings(graph: Graph): (use: ParameterUse) => Packing {
  const shapes = shapesOf(graph);
  const shapeOf = (name: string): Shape => shapes.get(name) ?? [];
  const layouts = new Map<string, Layout>();
  const layoutOf = (name: string): Layout => layouts.get(name) ?? standardLayout(shapeOf(name));
  for (const node of graph.nodes) layouts.set(node.name, layoutAfter(node, layoutOf, shapeOf));
  return (use) => packingOf(use, layoutOf, shapeOf);
}

/** The layout of a flattened image that is not moved; `undefined` when the reshape is of another kind. */
export function flattens(layout: Layout, from: Shape, to: Shape): Layout | undefined {
  const [batch, channels, height, width] = from;
  const known = typeof channels === "number" && typeof height === "number" && typeof width === "number";
  if (layout.kind !== "channelsLast" || !known || to.length !== 2 || to[0] !== batch) return undefined;
  return to[1] === channels * height * width ? flattenedLayout([channels, height, width]) : undefined;
}

/** Whether a reshape restores the former shape of a flattened image. */
export function restores(layout: Layout, to: Shape): boolean {
  return (
    layout.kind === "flattened" && to.length === 4 && layout.image.every((extent, axis) => extent === to[axis + 1])
  );
}

function standardLayout(shape: Shape): Layout {
  return { kind: shape.length === 4 ? "channelsLast" : "plain" };
}

function layoutAfter(node: Node, layoutOf: (name: string) => Layout, shapeOf: (name: string) => Shape): Layout {
  const standard = standardLayout(node.shape);
  const [first = "", second = ""] = listOperands<string>(node.inputs);
  switch (node.op) {
    case "flatten":
    case "reshape":
      return flattens(layoutOf(first), shapeOf(first), node.shape) ?? standard;
    case "add":
    case "mul": {
      const alike = shapeOf(first).join() === shapeOf(second).join() && sameLayout(layoutOf(first), layoutOf(second));
      return alike ? layoutOf(first) : standard;
    }
    case "dropout":
      return layoutOf(first);
    default:
      return definitionOf(node.op).family === "activation" ? layoutOf(first) : standard;
  }
}

function packingOf(
  { node, operand }: ParameterUse,
  layoutOf: (name: string) => Layout,
  shapeOf: (name: string) => Shape,
): Packing {
  switch (node.op) {
    case "conv2d":
    case "convTranspose2d": {
      const { groups } = node.attrs;
      const transposed = node.op === "convTranspose2d";
      if (operand === "inputs.w") return asFilters(groups, { transposed });
      if (operand !== "inputs.bias") return asValue;
      const channels = Number(shapeOf(node.inputs.x)[1]);
      return groups === 1 || isDepthwise(groups, channels / groups) ? asValue : asGroupedBias(groups);
    }
    case "linear": {
      if (operand !== "inputs.w") return asValue;
      const layout = layoutOf(node.inputs.x);
      return asColumns(layout.kind === "flattened" ? layout.image : undefined);
    }
    case "add":
    case "mul":
      return node.shape.length === 4 ? asImage : asPlain;
    default:
      return asValue;
  }
}
