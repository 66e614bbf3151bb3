import { computeOracle, type OracleArray } from "@isoconv/backend-reference";
import { mapOperands, type ConcreteShape, type Node, type Tensor } from "@isoconv/core-spec";
import { unravel, type Expected } from "../agreement.js";
import { nonFinite } from "../undetermined.js";
import { cropOf } from "./crop.js";
import { span } from "./range.js";

/**
 * The oracle's value and magnitude of single elements of a node's result, without the others: each is the answer to the
 * crop of the operands under it, so the bits are those of the whole result. An element is undetermined if NaN or ∞ is
 * among the terms of its sum, which its magnitude tells.
 *
 * @param shape the shape of the result
 * @param indices flat indices into it
 */
export function sampledOracle(
  node: Node,
  tensorOf: (name: string) => Tensor,
  shape: ConcreteShape,
  indices: readonly number[],
): Expected {
  const value = new Float64Array(indices.length);
  const magnitude = new Float64Array(indices.length);
  const extents = shape.map(() => 1);
  for (const [k, index] of indices.entries()) {
    const region = unravel(index, shape).map((position) => span(position, 1));
    const crop = cropOf(node, region, tensorOf);
    const answer = computeOracle(crop.op, mapOperands(crop.inputs, widen), crop.attrs, extents);
    [value[k], magnitude[k]] = [answer.value[0], answer.magnitude?.[0] ?? 0];
  }
  return {
    shape: [indices.length],
    value,
    magnitude,
    undetermined: nonFinite(magnitude),
    indexOf: (k) => unravel(indices[k], shape),
  };
}

function widen({ shape, data }: Tensor): OracleArray {
  return { shape, value: new Float64Array(data) };
}
