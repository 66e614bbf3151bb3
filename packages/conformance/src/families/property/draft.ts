import fc from "fast-check";

/** The numbers for the choices of one node, in order: operation, operands, attributes. */
export type Step = readonly number[];

/**
 * A graph as a flat list of numbers. Small numbers mean simple choices, so that fast-check shrinks a draft to few nodes
 * and small shapes without knowledge of graphs.
 */
export interface Draft {
  /** Chooses the batch and whether it is symbolic. */
  readonly batch: number;
  /** The seed of the data. */
  readonly seed: number;
  /** The nodes before the node of the focus. */
  readonly before: readonly Step[];
  readonly focus: Step;
  /** Whether graphs without a focus leave out the middle node. Shrinking needs this to end a graph at any node. */
  readonly middle: number;
  readonly after: readonly Step[];
  /** For each node, whether it is an output or dead. */
  readonly endings: readonly number[];
  /** Whether inputs are outputs too. */
  readonly passed: number;
}

/** Divisible by every small number, so that options are equally likely. */
const CHOICES = 2520;
const CHOICES_PER_NODE = 24;

const choice = fc.nat({ max: CHOICES - 1 });
/** Shrinking first tries a step without its later choices. */
const kept = fc.constantFrom(0, 4, 8, 16, ...Array.from({ length: 12 }, () => CHOICES_PER_NODE));
const step: fc.Arbitrary<Step> = fc
  .tuple(kept, fc.array(choice, { minLength: CHOICES_PER_NODE, maxLength: CHOICES_PER_NODE }))
  .map(([count, choices]) => choices.slice(0, count));
const steps = (least: number, most: number): fc.Arbitrary<readonly Step[]> =>
  fc.array(step, { minLength: least, maxLength: most });

/** The number of nodes of a graph of a few. */
export const FEW = 6;

/**
 * Graphs of 1–6 nodes, or of about half to all of `most` if that is more. Without fast-check's bias, which would draw
 * mostly simple graphs in few runs.
 */
export function drafts(most: number = FEW): fc.Arbitrary<Draft> {
  return fc.noBias(
    fc.record({
      batch: choice,
      seed: fc.nat({ max: 999 }),
      before: steps(0, 2),
      focus: step,
      middle: choice,
      after: steps(most > FEW ? most >> 1 : 0, most - 3),
      endings: fc.array(choice, { minLength: most, maxLength: most }),
      passed: choice,
    }),
  );
}
