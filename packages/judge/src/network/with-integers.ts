import {
  definitionOf,
  elementCount,
  listOperands,
  mapOperands,
  shapesOf,
  type Node,
  type Shape,
} from "@isoconv/core-spec";
import type { Fill } from "./fill.js";
import type { NetworkSpec } from "./network-spec.js";

type Fills = Readonly<Record<string, Fill>>;

/**
 * A network of one operation, filled with integers as wide as an exact result allows in the backend's arithmetic class.
 * The seed decides which operand of a dot product has the first wide position. An operation that rounds integers
 * (`exactOnIntegers`), or that neither adds nor multiplies, keeps its fillings.
 */
export function withIntegers(spec: NetworkSpec): NetworkSpec {
  const { graph, seed } = spec;
  const [node] = graph.nodes;
  const shapes = shapesOf(graph);
  const shapeOf = (name: string): Shape => shapes.get(name) ?? [];
  const isExact = definitionOf(node.op).exactOnIntegers(mapOperands(node.inputs, shapeOf), node.attrs);
  return isExact ? { ...spec, fills: { ...spec.fills, ...integerFills(node, shapeOf, seed) } } : spec;
}

/** The number of terms of the sums of an operation that adds elements of its operands. */
export function addendsOf(node: Node, shapeOf: (name: string) => Shape): number {
  switch (node.op) {
    case "add":
      return 2;
    case "avgPool2d":
      return elementCount(node.attrs.kernel);
    case "globalAvgPool2d":
    case "adaptiveAvgPool2d":
      return imageSize(shapeOf(node.inputs.x));
    case "mean": {
      const x = shapeOf(node.inputs.x);
      return node.attrs.axes.reduce((product, axis) => product * Number(x[axis]), 1);
    }
    default:
      return 1;
  }
}

function imageSize([, , height, width]: Shape): number {
  return Number(height) * Number(width);
}

function integerFills(node: Node, shapeOf: (name: string) => Shape, seed: number): Fills {
  switch (node.op) {
    case "conv2d":
    case "linear": {
      const [, of, ...kernel] = shapeOf(node.inputs.w).map(Number);
      const axis = node.op === "linear" ? shapeOf(node.inputs.x).length - 1 : 1;
      return factorFills(node.inputs, { terms: of * elementCount(kernel), of, axes: [axis, 1] }, seed);
    }
    case "convTranspose2d": {
      const [channels, , ...kernel] = shapeOf(node.inputs.w).map(Number);
      const of = channels / node.attrs.groups;
      return factorFills(node.inputs, { terms: of * elementCount(kernel), of, axes: [1, 0] }, seed);
    }
    case "mul":
    case "prelu":
      return allOf(node, { kind: "integers", terms: 1, factors: 2 });
    case "add":
    case "avgPool2d":
    case "globalAvgPool2d":
    case "adaptiveAvgPool2d":
    case "mean":
      return allOf(node, addend(addendsOf(node, shapeOf)));
    default:
      return {};
  }
}

function addend(terms: number): Fill {
  return { kind: "integers", terms, factors: 1 };
}

function allOf({ inputs }: Node, fill: Fill): Fills {
  return Object.fromEntries(listOperands<string>(inputs).map((name) => [name, fill]));
}

function factorFills(
  { x, w, bias }: { readonly x: string; readonly w: string; readonly bias?: string | undefined },
  { terms, of, axes }: { readonly terms: number; readonly of: number; readonly axes: readonly [number, number] },
  seed: number,
): Fills {
  const first = seed % 2 === 0 ? 0 : 1;
  return {
    [x]: { kind: "factors", terms, of, axis: axes[0], wide: first },
    [w]: { kind: "factors", terms, of, axis: axes[1], wide: first === 0 ? 1 : 0 },
    // Half of what sums may reach.
    ...(bias === undefined ? {} : { [bias]: addend(2) }),
  };
}
