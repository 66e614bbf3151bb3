/** Items of a network's batch: `count` of them, in turn from item `from`. */
export interface ItemRange {
  readonly from: number;
  readonly count: number;
}

/** One step in the life of an executable. Every result is judged unless the step says otherwise. */
export type Step =
  /** The case's own data, or others of the same kind; `items` makes another batch of them. */
  | { readonly kind: "run"; readonly data: "own" | "other"; readonly items?: ItemRange }
  /** Other data whose results are not judged: for cases whose oracle is expensive. */
  | { readonly kind: "unjudged" }
  /** A second executable of the same graph, with other parameters, runs beside the first. */
  | { readonly kind: "twin" }
  /** A run whose signal is aborted, before it or just after its start. */
  | { readonly kind: "abort"; readonly when: "before" | "after" }
  /** A run with a feed of the wrong shape, which must be refused. */
  | { readonly kind: "refuse" }
  /** The case's own data again: the bits must be those of the first run. */
  | { readonly kind: "again" };

/**
 * The items of a range, of `size` items. Item `k` is `from + k + ⌊k / size⌋`, so that each round begins with another
 * item: an element read from one round earlier or later is wrong.
 */
export function itemsOf({ from, count }: ItemRange, size: number): readonly number[] {
  return Array.from({ length: count }, (_, k) => (from + k + Math.floor(k / size)) % size);
}

/** The step in words, for messages. */
export function describe(step: Step): string {
  switch (step.kind) {
    case "run":
      return step.items === undefined ? `${step.data} data` : `batch ${step.items.count}`;
    case "unjudged":
      return "other data";
    case "twin":
      return "another executable of the graph";
    case "abort":
      return step.when === "before" ? "a run with an aborted signal" : "a run aborted after its start";
    case "refuse":
      return "a refused run";
    case "again":
      return "the first data again";
  }
}
