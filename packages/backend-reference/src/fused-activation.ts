import type { Attrs } from "@isoconv/core-spec";

/** Applies the activation a pass has fused into conv2d or linear, in place: relu is `max(y, 0)`, relu6 `min(max(y, 0), 6)`. */
export function applyActivation(values: Float64Array, activation: Attrs<"conv2d" | "linear">["activation"]): void {
  if (activation === "none") return;
  const limit = activation === "relu6" ? 6 : Infinity;
  for (let k = 0; k < values.length; k += 1) values[k] = Math.min(Math.max(values[k], 0), limit);
}
