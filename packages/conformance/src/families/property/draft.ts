import fc from "fast-check";

/** Numbers that one node's choices are read from, in order: operation, operands, attributes. */
export type Step = readonly number[];

/**
 * A graph as a flat list of choices: all numbers, small ones standing for what is simple, so that fast-check shrinks it
 * to few nodes and small shapes without knowing what a graph is.
 */
export interface Draft {
  /** The batch, and whether it is symbolic. */
  readonly batch: number;
  /** The data. */
  readonly seed: number;
  /** Nodes before the one the focus is on. */
  readonly before: readonly Step[];
  readonly focus: Step;
  /** Whether graphs without a focus leave the middle node out, as shrinking wants it: then any node can be the last. */
  readonly middle: number;
  readonly after: readonly Step[];
  /** For each node in turn, whether it is an output, or dead. */
  readonly endings: readonly number[];
}

/** Divisible by every small number: each of a few options is as likely as the others. */
const CHOICES = 2520;
const CHOICES_PER_NODE = 24;

const choice = fc.nat({ max: CHOICES - 1 });
/** Shrinking tries first how a step does without its later choices. */
const kept = fc.constantFrom(0, 4, 8, 16, ...Array.from({ length: 12 }, () => CHOICES_PER_NODE));
const step: fc.Arbitrary<Step> = fc
  .tuple(kept, fc.array(choice, { minLength: CHOICES_PER_NODE, maxLength: CHOICES_PER_NODE }))
  .map(([count, choices]) => choices.slice(0, count));
const steps = (most: number): fc.Arbitrary<readonly Step[]> => fc.array(step, { maxLength: most });

/** Graphs of 1–6 nodes. Without fast-check's bias: few runs must reach beyond the simplest graphs. */
export const drafts: fc.Arbitrary<Draft> = fc.noBias(
  fc.record({
    batch: choice,
    seed: fc.nat({ max: 999 }),
    before: steps(2),
    focus: step,
    middle: choice,
    after: steps(3),
    endings: fc.array(choice, { minLength: 6, maxLength: 6 }),
  }),
);
