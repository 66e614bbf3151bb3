import { coveringArray } from "../matrix/covering-array.js";

/** The values to try, by name. */
type Choices = Readonly<Record<string, readonly (string | number)[]>>;

/** One value of every axis, with its literal type. */
export type Combination<C extends Choices> = { readonly [K in keyof C]: C[K][number] };

/** Few combinations that contain every two values of different axes. */
export function pairsOf<const C extends Choices>(choices: C): readonly Combination<C>[] {
  return coveringArray(choices, 2, () => true).rows as readonly Combination<C>[];
}
