import { broadcastField, joinFields, type AxisField } from "../analysis/axis-field.js";
import type { Location } from "../error.js";
import { shapeError } from "../op.js";
import { tensor } from "../operand.js";
import { formatShape, type Dim, type Shape } from "../shape.js";

/**
 * NumPy's broadcasting: shapes are aligned at their last axis, an extent of 1 stretches.
 *
 * @throws IsoconvError `INVALID_SHAPE`, also when a symbolic batch would not stay the first axis
 */
export function broadcast(a: Shape, b: Shape, at: Location): Shape {
  const rank = Math.max(a.length, b.length);
  const refuse = (what: string, expected: string): Error =>
    shapeError({ ...at, path: "inputs" }, what, expected, `${formatShape(a)} and ${formatShape(b)}`);
  return Array.from({ length: rank }, (_, axis): Dim => {
    const left = a[axis - rank + a.length] ?? 1;
    const right = b[axis - rank + b.length] ?? 1;
    if (left !== right && left !== 1 && right !== 1) {
      throw refuse("operands do not broadcast", "extents that are equal or 1");
    }
    const extent = left === 1 ? right : left;
    if (extent === "N" && axis > 0) {
      throw refuse("a symbolic batch meets another axis than the first", "the other operand of no higher rank");
    }
    return extent;
  });
}

interface Pair<V> {
  readonly a: V;
  readonly b: V;
}

/** What arithmetic on two tensors has in common. */
export const onTwoTensors = {
  family: "elementwise",
  inputs: { a: tensor(), b: tensor() },
  attrs: {},
  special: { nan: "propagates", signedZero: "kept" },
  exactOnIntegers: () => true,
  infer: ({ a, b }: Pair<Shape>, _attrs: object, at: Location): Shape => broadcast(a, b, at),
  receptiveField: (fields: Pair<AxisField>, { a, b }: Pair<Shape>, _attrs: object, output: Shape): AxisField =>
    joinFields([broadcastField(fields.a, a, output), broadcastField(fields.b, b, output)]),
} as const;
