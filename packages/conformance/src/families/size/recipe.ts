import type { AttributeValue, Shape } from "@isoconv/core-spec";
import type { Axes } from "../matrix/covering-array.js";
import type { Choice, Shapes } from "../matrix/axes.js";

/** The extents to try, by role. */
export type Roles = Readonly<Record<string, readonly number[]>>;

/** An extent for each role and an option for each choice. */
export type SizeRow = Readonly<Record<string, Choice>>;

/** One application of an operation. */
export interface Sized {
  readonly shapes: Shapes;
  /** Attributes that depend on roles; others are chosen by their names. */
  readonly attrs?: Readonly<Record<string, AttributeValue>>;
  /** Roles that do not occur in the shapes of this row. */
  readonly unused?: readonly string[];
}

/** How the sizes of one operation vary. */
export interface SizeRecipe {
  readonly roles: Roles;
  /** What varies beside the extents: attributes, and which operands there are. */
  readonly choices: Axes<Choice>;
  /** Attributes of the registry that do not vary by their own boundary values, because roles or choices set them. */
  readonly sets: readonly string[];
  /** The application of a row; `undefined` if its extents do not fit together. */
  readonly apply: (row: SizeRow) => Sized | undefined;
  /** Rows in part, each completed to a case: combinations of extents that a draw would seldom give. */
  readonly corners: readonly SizeRow[];
  /**
   * Applications whose batch grows until results have millions of elements: an odd number for an item, and few
   * multiply-adds for an element. There are none where such results would need inputs many times as large.
   */
  readonly items: readonly SizeRow[];
}

type Typed<R extends Roles, C extends Axes<Choice>> = { readonly [K in keyof R]: number } & {
  readonly [K in keyof C]: C[K][number];
};

/** Declares a recipe; `apply` gets extents as numbers and options with the literal types of the choices. */
export function recipe<const R extends Roles, const C extends Axes<Choice>>(
  { roles, choices, sets = [] }: { readonly roles: R; readonly choices: C; readonly sets?: readonly string[] },
  apply: (row: Typed<R, C>) => Sized | undefined,
  corners: readonly Partial<Typed<R, C>>[] = [],
  items: readonly Partial<Typed<R, C>>[] = [],
): SizeRecipe {
  const plain = (row: SizeRow): SizeRow => Object.fromEntries(Object.entries<Choice>(row));
  return {
    roles,
    choices,
    sets,
    // A row has a value of its axis under each name.
    apply: (row) => apply(row as Typed<R, C>),
    corners: corners.map((corner) => plain(corner as SizeRow)),
    items: items.map((row) => plain(row as SizeRow)),
  };
}

const FILLING = [2, 1, 3, 1];

/** A shape of rank 4 with more axes before the last two, up to the rank. */
export function ofRank([n = 1, c = 1, h = 1, w = 1]: Shape, rank: number): Shape {
  return [n, c, ...FILLING.slice(0, rank - 4), h, w];
}

/** The product of the extents that `ofRank` adds. */
export function filling(rank: number): number {
  return FILLING.slice(0, rank - 4).reduce((product, extent) => product * extent, 1);
}
