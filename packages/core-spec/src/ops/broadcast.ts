import type { Location } from "../error.js";
import { shapeError } from "../op.js";
import { formatShape, type Dim, type Shape } from "../shape.js";

/**
 * NumPy's broadcasting: shapes are aligned at their last axis, an extent of 1 stretches.
 *
 * @throws IsoconvError `INVALID_SHAPE`
 */
export function broadcast(a: Shape, b: Shape, at: Location): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis): Dim => {
    const left = a[axis - rank + a.length] ?? 1;
    const right = b[axis - rank + b.length] ?? 1;
    if (left === right || right === 1) return left;
    if (left === 1) return right;
    throw shapeError(
      at,
      "operands do not broadcast",
      "extents that are equal or 1",
      `${formatShape(a)} and ${formatShape(b)}`,
    );
  });
}
