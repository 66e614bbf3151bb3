import { uniform } from "@isoconv/core-spec";
import type { Summation } from "./summation.js";

/** Partial sums are 1, 2, 4 or 8: a plain loop up to the lanes of a common vector unit. */
const MOST_LANES_LOG2 = 3;

/**
 * Adds as float32 hardware might: products, partial sums and totals are rounded to float32, in one of many orders, chosen
 * by `seed` and the node's name. The terms are taken forwards or backwards from somewhere in the middle, round the end,
 * and dealt out in turn to a few partial sums. Magnitudes stay exact.
 */
export function noisySummation(seed: number, node: string): Summation {
  const [rotation, turn, width] = uniform(seed, `noise/${node}`, 3, 0, 1);
  const direction = turn < 0.5 ? 1 : -1;
  const lanes = 1 << Math.floor(width * (MOST_LANES_LOG2 + 1));
  const orderOf = remember((count) => {
    const first = Math.floor(rotation * count);
    return Uint32Array.from({ length: count }, (_, turns) => (first + direction * turns + count) % count);
  });

  return {
    sum(terms) {
      const order = orderOf(terms.length);
      let total = 0;
      for (let lane = 0; lane < lanes; lane += 1) {
        let partial = 0;
        for (let turns = lane; turns < order.length; turns += lanes) {
          partial = Math.fround(partial + Math.fround(terms[order[turns]]));
        }
        total = Math.fround(total + partial);
      }
      return total;
    },
    dot(y, at, w, row, x, bias) {
      const order = orderOf(x.length);
      let total = 0;
      let magnitude = 0;
      for (let lane = 0; lane < lanes; lane += 1) {
        let partial = 0;
        for (let turns = lane; turns < order.length; turns += lanes) {
          const k = order[turns];
          const product = w[row + k] * x[k];
          partial = Math.fround(partial + Math.fround(product));
          magnitude += Math.abs(product);
        }
        total = Math.fround(total + partial);
      }
      y.value[at] = Math.fround(total + bias);
      y.magnitude[at] = magnitude + Math.abs(bias);
    },
  };
}

/** Sums of one node mostly have one length. */
function remember(make: (count: number) => Uint32Array): (count: number) => Uint32Array {
  const made = new Map<number, Uint32Array>();
  return (count) => {
    const known = made.get(count) ?? make(count);
    made.set(count, known);
    return known;
  };
}
