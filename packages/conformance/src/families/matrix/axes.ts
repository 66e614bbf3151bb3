import type { Shape } from "@isoconv/core-spec";
import type { Axes, Row } from "./covering-array.js";

/** A value of an axis: an attribute's, or what operands are made of. */
export type Choice = number | boolean | string | readonly (number | string)[];

/** Equal for equal values only; JSON would confuse ∞ and −∞. */
export function choiceKey(value: Choice | undefined): string {
  return typeof value === "object" ? `[${value.map(String).join()}]` : `${typeof value} ${String(value)}`;
}

/** Operand shapes by name, a list for an operand that takes several. */
export type Shapes = Readonly<Record<string, Shape | readonly Shape[] | undefined>>;

/**
 * What is varied for one operation beside the boundary values of its attributes, which come from the registry. An axis
 * named like an attribute adds values to that attribute's.
 */
export interface OpAxes {
  readonly axes: Axes<Choice>;
  /** The operands' shapes; a row that no shapes fit is refused by the graph builder. */
  shapes(row: Row<Choice>): Shapes;
}

/** Declares axes; the shapes are a function of the values an axis really has. */
export function axes<const A extends Axes<Choice>>(
  varied: A,
  shapes: (row: { readonly [K in keyof A]: A[K][number] }) => Shapes,
): OpAxes {
  return { axes: varied, shapes };
}

/** Batches: known only when the graph runs (2), fixed, and one. */
export const batch = ["N", 3, 1] as const;
/** Height and width, never equal by accident. */
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
