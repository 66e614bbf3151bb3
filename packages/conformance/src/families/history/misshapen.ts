import { float32, type Feeds } from "@isoconv/core-spec";

/** Feeds whose last tensor has one more axis than its input; for a graph without inputs, one feed too many. */
export function misshapen(feeds: Feeds): Feeds {
  const [last] = Object.entries(feeds).toReversed();
  if (last === undefined) return { "no such input": float32([1]) };
  const [name, tensor] = last;
  return { ...feeds, [name]: { ...tensor, shape: [1, ...tensor.shape] } };
}
