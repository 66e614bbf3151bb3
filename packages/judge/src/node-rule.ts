import {
  bindShape,
  definitionOf,
  mapOperands,
  shapesOf,
  type AccuracyRule,
  type Capabilities,
  type Graph,
  type Node,
  type Shape,
} from "@isoconv/core-spec";
import type { Expected } from "./agreement.js";
import { underflow } from "./arithmetic.js";
import { errorBound, leavesRange } from "./bound.js";
import { widenForFastConvolution, type Elements } from "./fast-convolution.js";
import { tensorsOf } from "./isolate-node.js";
import type { FilledNetwork } from "./network/network-spec.js";

/** The registry's rule for a node's result. */
export function ruleOf(graph: Graph, node: Node, batch: number): AccuracyRule {
  const shapes = shapesOf(graph);
  const operands = mapOperands<string, Shape>(node.inputs, (name) => bindShape(shapes.get(name) ?? [], batch));
  return definitionOf(node.op).accuracy(operands, node.attrs, bindShape(node.shape, batch));
}

export function isFastConvolution(node: Node, capabilities: Capabilities): boolean {
  return node.op === "conv2d" && capabilities.convAlgorithm === "fast";
}

/** What a node's result is held to: the rule, and the oracle's result with the magnitude that the rule refers to. */
export interface Bounds {
  readonly rule: AccuracyRule;
  readonly expected: Expected;
}

/**
 * The bounds for the result of a network of one node. If the backend declares fast convolutions, those of a convolution
 * are wider, and where NaN or ∞ is in an image, all of its elements may have any value. So may elements whose partial
 * results leave the range of a backend that adds in half precision.
 */
export function boundsOf(alone: FilledNetwork, expected: Expected, capabilities: Capabilities): Bounds {
  const { graph, parameters, feeds } = alone;
  const [node] = graph.nodes;
  const elementsOf = tensorsOf(graph, new Map([...Object.entries(parameters), ...Object.entries(feeds)]));
  const rule = ruleOf(graph, node, expected.shape[0] ?? 1);
  return boundsWith({ node, rule, elementsOf }, expected, capabilities);
}

/** A node with its rule and its operands. */
export interface Application {
  readonly node: Node;
  readonly rule: AccuracyRule;
  readonly elementsOf: (name: string) => Elements;
}

/** {@link boundsOf} for an application; `expected` may be a part of its result. */
export function boundsWith(
  { node, rule, elementsOf }: Application,
  expected: Expected,
  capabilities: Capabilities,
): Bounds {
  const held = { rule, expected: withinRange(rule, expected, capabilities) };
  return node.op === "conv2d" && rule.kind === "rounded" && isFastConvolution(node, capabilities)
    ? widenForFastConvolution(node, rule, elementsOf, held.expected)
    : held;
}

function withinRange(rule: AccuracyRule, expected: Expected, capabilities: Capabilities): Expected {
  const { value, magnitude, partial, undetermined } = expected;
  if (capabilities.arithmetic !== "f16") return expected;
  const outside = Uint8Array.from(value, (element, i) => {
    const largest = Math.max(magnitude[i], partial?.[i] ?? 0);
    const isOpen =
      undetermined?.[i] === 1 ||
      leavesRange(rule, element, largest, capabilities) ||
      losesDigits(errorBound(rule, element, magnitude[i], capabilities), partial?.[i], capabilities);
    return isOpen ? 1 : 0;
  });
  return { ...expected, undetermined: outside };
}

/** The steps of a normalisation that round near zero: the mean, the difference, and its product with scale and deviation. */
const STEPS = 4;

/**
 * Whether steps in half precision near zero may be off by more than the bound: a normalisation multiplies their errors by
 * the reciprocal of the deviation, whose square is among the partial results.
 */
function losesDigits(bound: number, partial: number | undefined, capabilities: Capabilities): boolean {
  return partial !== undefined && STEPS * underflow(capabilities) * Math.sqrt(partial) > bound;
}
