import {
  checkOptions,
  elementCount,
  nodeCost,
  optionChecks,
  peakActivations,
  receptiveFields,
  shapesOf,
  type KnownOptions,
  type Node,
  type OpName,
  type PeakActivations,
  type ReceptiveField,
  type Shape,
} from "@isoconv/core-spec";
import { parameterCount } from "@isoconv/nn";
import type { Model } from "../model.js";
import { moduleTree, type ModuleTree } from "../module-tree.js";
import { parametersUsed } from "../parameters-used.js";

/** The result and the cost of a node, or of all nodes in a module. */
export interface SummaryEntry {
  /** The module's path or the node's name, in PyTorch's form: `layer1.0.conv1`. */
  readonly path: string;
  /** The operation of a node; `null` for a module, which is described by its `children`. */
  readonly op: OpName | null;
  /** The shape of the value that the node or module returns. */
  readonly outputShape: Shape;
  /** Trainable scalars; a tensor shared by several nodes counts at its first use. */
  readonly parameters: number;
  /** Scalars that are not trained: running statistics and constants. Counted like parameters. */
  readonly buffers: number;
  /** Multiply-adds of convolutions and linear layers, without the bias. */
  readonly macs: number;
  /** Bytes of the float32 values that its nodes return. */
  readonly activationBytes: number;
  /**
   * Rows and columns of the input image that one element of the output depends on; `null` if that may be all of them.
   */
  readonly receptiveField: ReceptiveField["size"];
  /** Rows and columns of the image between neighbours in the output; `null` if the output has no such axis. */
  readonly stride: ReceptiveField["stride"];
  /** In the order of computation; empty for a node. */
  readonly children: readonly SummaryEntry[];
}

export interface SummaryTotals {
  readonly parameters: number;
  readonly buffers: number;
  /** Bytes of the float32 parameters, without buffers. */
  readonly parameterBytes: number;
  readonly macs: number;
  readonly activationBytes: number;
  /** The largest memory that values take at one time, and at which node: see core-spec's `peakActivations`. */
  readonly peakActivations: PeakActivations;
}

/** The summary of a network, as plain data for `JSON.stringify`. */
export interface ModelSummary {
  readonly name: string;
  readonly inputShape: Shape;
  /** The batch size for which MACs and bytes are counted. */
  readonly batch: number;
  /** The outermost modules. */
  readonly children: readonly SummaryEntry[];
  readonly totals: SummaryTotals;
}

const BYTES = 4;

export interface SummaryOptions {
  /** The value of `"N"`, 1 by default; a network built for a fixed batch keeps its own. */
  readonly batch?: number;
}

const OPTIONS: KnownOptions<SummaryOptions> = { known: { batch: optionChecks.count } };

/**
 * Computes the result and the cost of each module and node of a network.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for an unknown option or one out of its domain
 */
export function modelSummary(model: Model, options: SummaryOptions = {}): ModelSummary {
  checkOptions(options, OPTIONS, { op: "modelSummary" });
  const { name, inputShape, graph } = model;
  const [extent] = inputShape;
  const batch = typeof extent === "number" ? extent : (options.batch ?? 1);
  const { children, ...sums } = entryOf(moduleTree(model), model.modules, valueFacts(model, batch));
  const { parameters, buffers, macs, activationBytes } = sums;
  const parameterBytes = parameters * BYTES;
  const peak = peakActivations(graph, batch);
  const totals = { parameters, buffers, parameterBytes, macs, activationBytes, peakActivations: peak };
  return { name, inputShape, batch, children, totals };
}

/** The figures of each value and each node, before they are added up. */
interface ValueFacts {
  returned(this: void, value: string): Pick<SummaryEntry, "outputShape" | "receptiveField" | "stride">;
  cost(this: void, node: Node): Costs;
}

type Costs = Pick<SummaryEntry, "parameters" | "buffers" | "macs" | "activationBytes">;

function valueFacts({ graph, parameters }: Model, batch: number): ValueFacts {
  const shapes = shapesOf(graph);
  const fields = receptiveFields(graph);
  const used = parametersUsed(graph, parameters);
  const nowhere: ReceptiveField = { size: [0, 0], stride: [null, null] };
  return {
    returned: (value) => {
      const { size, stride } = fields.get(value) ?? nowhere;
      return { outputShape: shapes.get(value) ?? [], receptiveField: size, stride };
    },
    cost: (node) => {
      const own = used.get(node.name) ?? [];
      const trainable = parameterCount(own);
      const { macs, bytesWritten } = nodeCost(node, shapes, batch);
      const all = own.reduce((sum, { shape }) => sum + elementCount(shape), 0);
      return { parameters: trainable, buffers: all - trainable, macs, activationBytes: bytesWritten };
    },
  };
}

function entryOf(tree: ModuleTree, modules: Model["modules"], facts: ValueFacts): SummaryEntry {
  if (tree.kind === "node") {
    const { node, path } = tree;
    return { path, op: node.op, ...facts.returned(node.name), ...facts.cost(node), children: [] };
  }
  const children = tree.children.map((child) => entryOf(child, modules, facts));
  const sum = (key: keyof Costs): number => children.reduce((total, child) => total + child[key], 0);
  return {
    path: tree.path,
    op: null,
    ...facts.returned(modules.get(tree.path) ?? ""),
    parameters: sum("parameters"),
    buffers: sum("buffers"),
    macs: sum("macs"),
    activationBytes: sum("activationBytes"),
    children,
  };
}

/** A summary without the levels of modules below `depth`. */
export function collapseSummary(summary: ModelSummary, depth: number): ModelSummary {
  const collapse = (entries: readonly SummaryEntry[], left: number): readonly SummaryEntry[] =>
    left <= 0 ? [] : entries.map((entry) => ({ ...entry, children: collapse(entry.children, left - 1) }));
  return { ...summary, children: collapse(summary.children, depth) };
}
