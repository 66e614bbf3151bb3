/** One extent of a tensor: a count, or `"N"`, the batch size that is known only when the graph runs. */
export type Dim = number | "N";

/** Extents from outermost to innermost. Only the first may be `"N"`. */
export type Shape = readonly Dim[];

/** A shape whose batch size is known. */
export type ConcreteShape = readonly number[];

/** `[2, 3, 224, 224]` as `2×3×224×224`; a scalar is `scalar`. */
export function formatShape(shape: Shape): string {
  return shape.length === 0 ? "scalar" : shape.join("×");
}

/** The largest number of axes of a tensor: every runtime here supports it. */
export const MAX_RANK = 8;

/** The largest number of elements of a tensor: every runtime here can address it. */
export const MOST_ELEMENTS = 2 ** 31 - 1;

/** The number of elements of a concrete shape; 1 for a scalar. */
export function elementCount(shape: ConcreteShape): number {
  let count = 1;
  for (const extent of shape) count *= extent;
  return count;
}

/** Whether two shapes have equal extents; a symbolic batch equals only itself. */
export function sameShape(a: Shape, b: Shape): boolean {
  if (a.length !== b.length) return false;
  for (let axis = 0; axis < a.length; axis += 1) if (a[axis] !== b[axis]) return false;
  return true;
}

/** Replaces the symbolic batch by `batch`. */
export function bindShape(shape: Shape, batch: number): ConcreteShape {
  return shape.map((extent) => (extent === "N" ? batch : extent));
}

/** Whether the batch size is still unknown. */
export function isSymbolic(shape: Shape): boolean {
  return shape.includes("N");
}
