import type { Backend, OpName } from "@isoconv/core-spec";
import type { FamilyName } from "../plan/case.js";

/** A backend with one realistic bug: the suite must refuse it. */
export interface Fault {
  /** Kebab-case; the backend's id is `fault/<name>`. */
  readonly name: string;
  /** What is wrong, and where such a thing was seen. One line. */
  readonly bug: string;
  /** The families any of which should kill it. */
  readonly killedBy: readonly FamilyName[];
  /** The operations whose results are wrong; none where the bug is not in an operation. */
  readonly ops: readonly OpName[];
  create(): Promise<Backend>;
}

/** A backend that computes otherwise, but correctly, and declares what it must: the suite must not refuse it. */
export interface Variant {
  /** Kebab-case; the backend's id is `variant/<name>`. */
  readonly name: string;
  /** What it does otherwise. One line. */
  readonly difference: string;
  create(): Promise<Backend>;
}

/** In one order everywhere: a bundler's module lists its exports in another than Node's. */
export function byName<T extends { readonly name: string }>(subjects: readonly T[]): readonly T[] {
  return subjects.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
