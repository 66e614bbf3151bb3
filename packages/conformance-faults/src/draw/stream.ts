import { uniform } from "@isoconv/core-spec";

/** A stream of random choices: the same seed and name give the same choices everywhere. */
export interface Stream {
  /** An integer of `[low, high]`. */
  integer(low: number, high: number): number;
  /** An integer of `[low, high]` whose logarithm is uniform. */
  logInteger(low: number, high: number): number;
  pick<T>(options: readonly T[]): T;
  /** True with this probability. */
  chance(probability: number): boolean;
}

/** Numbers drawn at once. */
const BLOCK = 64;

/** @param seed an integer in `[0, 2³²)` */
export function streamOf(seed: number, name: string): Stream {
  let block: Float32Array = new Float32Array(0);
  let [at, blocks] = [0, 0];
  const next = (): number => {
    if (at === block.length) {
      block = uniform(seed, `${name}/${blocks}`, BLOCK, 0, 1);
      blocks += 1;
      at = 0;
    }
    at += 1;
    return block[at - 1];
  };
  const integer = (low: number, high: number): number => Math.min(high, low + Math.floor(next() * (high - low + 1)));
  return {
    integer,
    logInteger: (low, high) => Math.min(high, Math.floor(low * Math.exp(next() * Math.log((high + 1) / low)))),
    pick: (options) => {
      if (options.length === 0) throw new Error("no options to pick from");
      return options[integer(0, options.length - 1)];
    },
    chance: (probability) => next() < probability,
  };
}
