import { uniform } from "@isoconv/core-spec";
import type { Choose } from "../property/choose.js";

/** Random choices that depend on a seed and a name only. */
export interface Draw {
  readonly choose: Choose;
  /** The same elements in a random order. */
  readonly shuffle: <T>(list: readonly T[]) => readonly T[];
}

/** How many numbers are drawn at once; most graphs need none. */
const BLOCK = 64;

/** @param name names the graph, so that two graphs of a plan draw independently */
export function drawFor(seed: number, name: string): Draw {
  let drawn = 0;
  let block: Float32Array = new Float32Array();
  const next = (): number => {
    if (drawn % BLOCK === 0) block = uniform(seed, `draw/${name}/${drawn / BLOCK}`, BLOCK, 0, 1);
    drawn += 1;
    return block[(drawn - 1) % BLOCK];
  };
  const choose: Choose = (options) => {
    if (options.length === 0) throw new Error("no options to choose from");
    return options[Math.floor(next() * options.length)];
  };
  return {
    choose,
    shuffle: (list) => {
      const rest = [...list];
      return list.map(() => rest.splice(choose([...rest.keys()]), 1)[0]);
    },
  };
}
