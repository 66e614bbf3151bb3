import type { Capabilities } from "../backend/capabilities.js";
import { roundoffs } from "../backend/roundoffs.js";
import { shapesOf, type Graph } from "../graph/graph.js";
import { definitionOf, mapOperands } from "../registry.js";
import { bindShape, type Shape } from "../shape.js";

/**
 * How much larger the error of a fast convolution may be than that of a direct sum. This is an allowance, not a derived
 * bound: Winograd's F(4×4, 3×3), the least accurate algorithm in use, stays within it.
 */
export const fastConvolutionLoss = 14;

/**
 * How far a correct backend's outputs may be from the exact ones, relative to the largest element: the sum of the
 * registry's allowances of all nodes, `Σ u_acc·(value + magnitude + absolute) + inputs·u_in + u_out`, as if each node's
 * magnitude equalled its result's and its error reached the output with gain 1.
 *
 * This allowance serves to compare backends with each other when the exact result is not known. Errors of correct
 * backends partly cancel and stay well below it. In float32 a wrong pad, layout or weight causes an error orders of
 * magnitude larger. In deep networks coarser classes get an allowance above 1, which excludes nothing. The allowance is
 * 0 for graphs that only move or select data, in classes that store float32.
 */
export function floatAllowance(
  graph: Graph,
  { arithmetic, convAlgorithm }: Pick<Capabilities, "arithmetic" | "convAlgorithm">,
): number {
  const { input, accumulate, output } = roundoffs[arithmetic];
  const shapes = shapesOf(graph);
  // Storing in half precision rounds the inputs, even where nothing is computed.
  const storage = output > accumulate || arithmetic === "f16" ? output : 0;
  let sum = storage;
  for (const { op, inputs, attrs, shape } of graph.nodes) {
    const operands = mapOperands<string, Shape>(inputs, (name) => bindShape(shapes.get(name) ?? [], 1));
    const rule = definitionOf(op).accuracy(operands, attrs, bindShape(shape, 1));
    if (rule.kind !== "rounded") continue;
    const computed = accumulate * (rule.value + rule.magnitude + rule.absolute) + rule.inputs * input + output;
    sum += computed * (op === "conv2d" && convAlgorithm === "fast" ? fastConvolutionLoss : 1);
  }
  return sum;
}
