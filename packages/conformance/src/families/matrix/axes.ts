import type { Shape } from "@isoconv/core-spec";
import type { Axes, Row } from "./covering-array.js";

/** A value of an axis: of an attribute, or of the operands' shapes. */
export type Choice = number | boolean | string | readonly (number | string)[];

/** A key that is equal only for equal values. JSON would write ∞ and −∞ as the same text. */
export function choiceKey(value: Choice | undefined): string {
  return typeof value === "object" ? `[${value.map(String).join()}]` : `${typeof value} ${String(value)}`;
}

/** Operand shapes by name; a list for an operand that is a list. */
export type Shapes = Readonly<Record<string, Shape | readonly Shape[] | undefined>>;

/**
 * The axes of one operation besides the boundary values of its attributes, which come from the registry. An axis with
 * the name of an attribute adds values to the attribute's.
 */
export interface OpAxes {
  readonly axes: Axes<Choice>;
  /** The operands' shapes; the graph builder refuses rows without fitting shapes. */
  shapes(row: Row<Choice>): Shapes;
}

/** Declares axes; `shapes` gets values with the literal types of the axes. */
export function axes<const A extends Axes<Choice>>(
  varied: A,
  shapes: (row: { readonly [K in keyof A]: A[K][number] }) => Shapes,
): OpAxes {
  return { axes: varied, shapes };
}

/** Batches: symbolic (2 when the graph runs), fixed, and one. */
export const batch = ["N", 3, 1] as const;
/** Heights and widths. The two differ, so that exchanging them changes a result. */
export const sizes = [
  [11, 9],
  [8, 7],
] as const;

/** A shape `[N, C, H, W]`. */
export const image = (batchSize: number | string, channels: number, [height, width]: readonly number[]): Shape => [
  batchSize === "N" ? "N" : Number(batchSize),
  channels,
  height,
  width,
];
/** A shape from a list of extents. */
export const shapeOf = (extents: readonly (number | string)[]): Shape =>
  extents.map((extent) => (extent === "N" ? "N" : Number(extent)));
