import { formatFloat32 } from "../float32-text.js";
import { definitionOf, type OpName } from "../registry.js";
import { formatShape, sameShape } from "../shape.js";
import type { Graph, Node } from "./graph.js";

/** A graph as text, one line a node: `conv1: 64×112×112 = conv2d(x: input, w: conv1.weight) strides=[2, 2]`. */
export function printGraph(graph: Graph): string {
  const lines = [
    `graph ${graph.name}`,
    ...graph.inputs.map(({ name, shape }) => `  input ${name}: ${formatShape(shape)}`),
    ...graph.parameters.map(({ name, shape }) => `  parameter ${name}: ${formatShape(shape)}`),
    ...graph.nodes.map((node) => `  ${printNode(node)}`),
    ...graph.outputs.map(({ name, value }) => `  output ${name} = ${value}`),
  ];
  return `${lines.join("\n")}\n`;
}

function printNode(node: Node): string {
  const operands = Object.entries(node.inputs)
    .map(
      ([key, operand]: [string, string | readonly string[]]) =>
        `${key}: ${typeof operand === "string" ? operand : `[${operand.join(", ")}]`}`,
    )
    .join(", ");
  return `${node.name}: ${formatShape(node.shape)} = ${node.op}(${operands})${printAttributes(node.op, node.attrs)}`;
}

function printAttributes(op: OpName, attrs: Readonly<Record<string, unknown>>): string {
  const written = Object.entries(attrs).filter(
    ([key, value]) => !isDefault(definitionOf(op).attrs[key]?.fallback, value),
  );
  return written.map(([key, value]) => ` ${key}=${printValue(value)}`).join("");
}

function isDefault(fallback: unknown, value: unknown): boolean {
  return Array.isArray(fallback) && Array.isArray(value) ? sameShape(fallback, value) : Object.is(fallback, value);
}

function printValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.join(", ")}]`;
  return typeof value === "number" ? formatFloat32(value) : String(value);
}
