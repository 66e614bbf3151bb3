import { bindShape, elementCount, type Shape } from "@isoconv/core-spec";

/** Tensors of random graphs are small: the oracle is slow, and small counterexamples say more. */
const MOST_ELEMENTS = 500;

/** The largest batch of random graphs. */
export const LARGEST_BATCH = 3;

export function isSmall(shape: Shape): boolean {
  return elementCountOf(shape) <= MOST_ELEMENTS;
}

export function elementCountOf(shape: Shape): number {
  return elementCount(bindShape(shape, LARGEST_BATCH));
}
