import type { Backend, OpName } from "@isoconv/core-spec";
import type { FamilyName } from "../plan/case.js";

/** A backend with one realistic bug: the suite must refuse it. */
export interface Fault {
  /** Kebab-case; the backend's id is `fault/<name>`. */
  readonly name: string;
  /** The bug and its usual cause. One line. */
  readonly bug: string;
  /** The families that are meant to find it; one of them must. */
  readonly killedBy: readonly FamilyName[];
  /** The operations whose results are wrong; empty if the bug is not in an operation. */
  readonly ops: readonly OpName[];
  create(): Promise<Backend>;
}

/** A correct backend that computes in another way and declares its arithmetic truthfully: the suite must accept it. */
export interface Variant {
  /** Kebab-case; the backend's id is `variant/<name>`. */
  readonly name: string;
  /** How it differs from the oracle. One line. */
  readonly difference: string;
  create(): Promise<Backend>;
}

/** Sorted by name, because bundlers list the exports of a module in another order than Node. */
export function byName<T extends { readonly name: string }>(subjects: readonly T[]): readonly T[] {
  return subjects.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
