import { computeOracle, type OracleArray } from "@isoconv/backend-reference";
import { mapOperands, type ConcreteShape, type Node, type Tensor } from "@isoconv/core-spec";
import { unravel, type Expected } from "../agreement.js";
import { cropOf } from "./crop.js";
import type { Range } from "./range.js";

/**
 * The oracle's value and magnitude of single elements of a node's result, without the others: each is the answer to the
 * crop of the operands under it, so the bits are those of the whole result.
 *
 * @param shape the shape of the result
 * @param indices flat indices into it
 * @param reach rows and columns around an element of which the largest magnitude is wanted; 0 for its own
 */
export function sampledOracle(
  node: Node,
  tensorOf: (name: string) => Tensor,
  shape: ConcreteShape,
  indices: readonly number[],
  reach = 0,
): Expected {
  const value = new Float64Array(indices.length);
  const magnitude = new Float64Array(indices.length);
  for (const [k, index] of indices.entries()) {
    const element = unravel(index, shape);
    const region = element.map((position, axis): Range => {
      const around = axis < 2 ? 0 : reach;
      return { start: Math.max(0, position - around), end: Math.min(shape[axis], position + around + 1) };
    });
    const extents = region.map(({ start, end }) => end - start);
    const crop = cropOf(node, region, tensorOf);
    const answer = computeOracle(crop.op, mapOperands(crop.inputs, widen), crop.attrs, extents);
    const own = element.reduce((at, position, axis) => at * extents[axis] + position - region[axis].start, 0);
    value[k] = answer.value[own];
    magnitude[k] = Math.max(...(answer.magnitude ?? [0]));
  }
  return { shape: [indices.length], value, magnitude, indexOf: (k) => unravel(indices[k], shape) };
}

function widen({ shape, data }: Tensor): OracleArray {
  return { shape, value: new Float64Array(data) };
}
