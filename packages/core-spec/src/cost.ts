import type { Graph, Node } from "./graph/graph.js";
import { shapesOf } from "./graph/graph.js";
import { definitionOf, listOperands, mapOperands } from "./registry.js";
import { bindShape, elementCount, type Shape } from "./shape.js";

/** The cost of a computation, independent of the backend. */
export interface Cost {
  /** Multiply-adds of convolutions and linear layers. */
  readonly macs: number;
  /** Bytes of every operand, read once. */
  readonly bytesRead: number;
  /** Bytes of the output. */
  readonly bytesWritten: number;
}

const BYTES = 4;

/** What one node costs at the given batch size. `shapes` is `shapesOf(graph)`. */
export function nodeCost(node: Node, shapes: ReturnType<typeof shapesOf>, batch = 1): Cost {
  const operands = mapOperands<string, Shape>(node.inputs, (name) => bindShape(shapes.get(name) ?? [], batch));
  const output = bindShape(node.shape, batch);
  const macs = definitionOf(node.op).macs?.(operands, node.attrs, output) ?? 0;
  const bytesRead = listOperands<string>(node.inputs).reduce(
    (sum, name) => sum + elementCount(bindShape(shapes.get(name) ?? [], batch)) * BYTES,
    0,
  );
  return { macs, bytesRead, bytesWritten: elementCount(output) * BYTES };
}

/** The sum over a graph's nodes. */
export function graphCost(graph: Graph, batch = 1): Cost {
  const shapes = shapesOf(graph);
  return graph.nodes
    .map((node) => nodeCost(node, shapes, batch))
    .reduce(
      (a, b) => ({
        macs: a.macs + b.macs,
        bytesRead: a.bytesRead + b.bytesRead,
        bytesWritten: a.bytesWritten + b.bytesWritten,
      }),
      {
        macs: 0,
        bytesRead: 0,
        bytesWritten: 0,
      },
    );
}
