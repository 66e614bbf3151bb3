import { mixAlong, type AxisField } from "../analysis/axis-field.js";
import type { Location } from "../error.js";
import { checkAxis } from "../op.js";
import { tensor } from "../operand.js";
import { integer } from "../scalar-attributes.js";
import type { Shape } from "../shape.js";

interface OfInput<V> {
  readonly x: V;
}
interface AlongAxis {
  readonly axis: number;
}

/** What the softmaxes have in common. */
export const alongAxis = {
  family: "normalisation",
  inputs: { x: tensor(1) },
  attrs: { axis: integer({ min: 0 }) },
  special: { nan: "propagates", signedZero: "free" },
  exactOnIntegers: () => false,
  infer: ({ x }: OfInput<Shape>, { axis }: AlongAxis, at: Location): Shape => {
    checkAxis(axis, x, "attrs.axis", at);
    return x;
  },
  receptiveField: ({ x }: OfInput<AxisField>, _shapes: OfInput<Shape>, { axis }: AlongAxis): AxisField =>
    mixAlong(x, axis),
} as const;
