import { bindShape, elementCount, type Shape } from "@isoconv/core-spec";

/** The most elements of a tensor in random graphs. The oracle is slow, and small counterexamples are easier to read. */
const MOST_ELEMENTS = 500;

/** The largest batch of random graphs. */
export const LARGEST_BATCH = 3;

export function isSmall(shape: Shape): boolean {
  return elementCountOf(shape) <= MOST_ELEMENTS;
}

export function elementCountOf(shape: Shape): number {
  return elementCount(bindShape(shape, LARGEST_BATCH));
}
