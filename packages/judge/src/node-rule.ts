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

/** The registry's rule for a node's result. */
export function ruleOf(graph: Graph, node: Node, batch: number): AccuracyRule {
  const shapes = shapesOf(graph);
  const operands = mapOperands<string, Shape>(node.inputs, (name) => bindShape(shapes.get(name) ?? [], batch));
  return definitionOf(node.op).accuracy(operands, node.attrs, bindShape(node.shape, batch));
}

/** The largest distance within a Winograd output tile: F(4×4) shares its transforms among 4 rows and columns. */
export const fastReach = 3;
/** The smallest growth allowed for a fast convolution, because its transforms lose accuracy too. */
const FAST_GROWTH = 128;

export function isFastConvolution(node: Node, capabilities: Capabilities): boolean {
  return node.op === "conv2d" && capabilities.convAlgorithm === "fast";
}

/** The rule of a fast convolution, for magnitudes that are the largest within `fastReach`. */
export function fastRule(rule: AccuracyRule): AccuracyRule {
  return rule.kind === "rounded" ? { ...rule, magnitude: Math.max(rule.magnitude, FAST_GROWTH) } : rule;
}

/**
 * The rule for a node's result. If the backend declares fast convolutions, an element's error may be as large as the
 * largest magnitude in its tile allows, and elements next to a non-finite one may have any value.
 */
export function widenForFastConvolution(
  node: Node,
  rule: AccuracyRule,
  expected: Expected,
  capabilities: Capabilities,
): { readonly rule: AccuracyRule; readonly expected: Expected } {
  if (rule.kind !== "rounded" || !isFastConvolution(node, capabilities)) return { rule, expected };
  const magnitude = spread(expected.magnitude, expected.shape);
  // A transform spreads NaN and ∞ over their whole tile.
  const undetermined = Uint8Array.from(magnitude, (most, i) =>
    Number.isFinite(most) ? (expected.undetermined?.[i] ?? 0) : 1,
  );
  return {
    rule: fastRule(rule),
    expected: { ...expected, magnitude, undetermined },
  };
}

/** The largest magnitude within `fastReach` rows and columns, plane by plane: rows first, then columns. */
function spread(magnitude: Float64Array, shape: readonly number[]): Float64Array {
  const [, , height = 1, width = 1] = shape;
  const along = (source: Float64Array, extent: number, step: number): Float64Array =>
    source.map((_, i) => {
      const position = Math.floor(i / step) % extent;
      let most = 0;
      for (let k = Math.max(0, position - fastReach); k <= Math.min(extent - 1, position + fastReach); k += 1) {
        most = Math.max(most, source[i + (k - position) * step]);
      }
      return most;
    });
  return along(along(magnitude, width, 1), height, width);
}
