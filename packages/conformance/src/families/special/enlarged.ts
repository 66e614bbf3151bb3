import { bindShape, elementCount, type OpName, type ValueSpec } from "@isoconv/core-spec";
import { exampleNetwork, type Fill } from "@isoconv/judge";
import type { SpecialCase } from "./special-case.js";

/**
 * The registry's example of an operation with a larger batch.
 *
 * @param batch from the elements in one image of the first input
 * @param fillOf the filling of an input, by its place and by the elements in one image of it
 */
export function enlarged(
  op: OpName,
  name: string,
  batch: (elements: number) => number,
  fillOf: (place: number, elements: number) => Fill,
): SpecialCase {
  return {
    name,
    network: (id) => {
      const network = exampleNetwork(op, id);
      const { inputs } = network.graph;
      const fills = inputs.map((input, place): [string, Fill] => [input.name, fillOf(place, elementsPerImage(input))]);
      return {
        ...network,
        batch: batch(elementsPerImage(inputs[0])),
        fills: { ...network.fills, ...Object.fromEntries(fills) },
      };
    },
  };
}

function elementsPerImage({ shape }: ValueSpec): number {
  return elementCount(bindShape(shape, 1));
}
