import { nodeCost, listOperands, shapesOf, type OpName, type Shape } from "@isoconv/core-spec";
import { parameterCount } from "@isoconv/nn";
import type { Model } from "./model.js";

/** One node of a network's graph. */
export interface SummaryRow {
  /** The node's name, which starts with its module's path. */
  readonly path: string;
  readonly op: OpName;
  readonly outputShape: Shape;
  /** Trainable scalars; a tensor that several nodes share counts at the first. */
  readonly parameters: number;
  /** Multiply-adds of convolutions and linear layers, bias not counted; `"N"` counts as 1. */
  readonly macs: number;
}

/** Plain data, fit for `JSON.stringify`. */
export interface ModelSummary {
  readonly name: string;
  readonly inputShape: Shape;
  readonly rows: readonly SummaryRow[];
  readonly totals: { readonly parameters: number; readonly macs: number };
}

/** What each node of a network returns and costs. */
export function modelSummary({ name, inputShape, graph, parameters }: Model): ModelSummary {
  const shapes = shapesOf(graph);
  const uncounted = new Map(parameters.map((spec) => [spec.name, parameterCount([spec])]));
  const countOnce = (operand: string): number => {
    const count = uncounted.get(operand) ?? 0;
    uncounted.delete(operand);
    return count;
  };
  const rows = graph.nodes.map((node) => ({
    path: node.name,
    op: node.op,
    outputShape: node.shape,
    parameters: sum(listOperands<string>(node.inputs).map(countOnce)),
    macs: nodeCost(node, shapes).macs,
  }));
  const totals = { parameters: sum(rows.map((row) => row.parameters)), macs: sum(rows.map((row) => row.macs)) };
  return { name, inputShape, rows, totals };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
