import { uniform } from "@isoconv/core-spec";
import type { Summation } from "./summation.js";

/** There are 1, 2, 4 or 8 partial sums: from a plain loop to the lanes of a common vector unit. */
const MOST_LANES_LOG2 = 3;

/**
 * Adds as float32 hardware may: products, partial sums and totals are rounded to float32, in one of many orders, chosen
 * by `seed` and the node's name. The terms are taken forwards or backwards, starting somewhere in the middle and
 * wrapping around, and are distributed in turn to a few partial sums. Dot products get no magnitudes, because bounds
 * follow from those of an exact run.
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
    // jscpd:ignore-start — exact sums share its outline; a loop that both share costs a call for every sum.
    dots(y, at, step, w, row, xs, count, bias) {
      const n = xs.length / count;
      const order = orderOf(n);
      let v = 0;
      // Eight sums at once hide the latency of their additions and roundings.
      for (; v + 8 <= count; v += 8) {
        const x0 = v * n;
        const x1 = x0 + n;
        const x2 = x1 + n;
        const x3 = x2 + n;
        const x4 = x3 + n;
        const x5 = x4 + n;
        const x6 = x5 + n;
        const x7 = x6 + n;
        let t0 = 0;
        let t1 = 0;
        let t2 = 0;
        let t3 = 0;
        let t4 = 0;
        let t5 = 0;
        let t6 = 0;
        let t7 = 0;
        for (let lane = 0; lane < lanes; lane += 1) {
          let s0 = 0;
          let s1 = 0;
          let s2 = 0;
          let s3 = 0;
          let s4 = 0;
          let s5 = 0;
          let s6 = 0;
          let s7 = 0;
          for (let turns = lane; turns < n; turns += lanes) {
            const k = order[turns];
            const weight = w[row + k];
            s0 = Math.fround(s0 + Math.fround(weight * xs[x0 + k]));
            s1 = Math.fround(s1 + Math.fround(weight * xs[x1 + k]));
            s2 = Math.fround(s2 + Math.fround(weight * xs[x2 + k]));
            s3 = Math.fround(s3 + Math.fround(weight * xs[x3 + k]));
            s4 = Math.fround(s4 + Math.fround(weight * xs[x4 + k]));
            s5 = Math.fround(s5 + Math.fround(weight * xs[x5 + k]));
            s6 = Math.fround(s6 + Math.fround(weight * xs[x6 + k]));
            s7 = Math.fround(s7 + Math.fround(weight * xs[x7 + k]));
          }
          t0 = Math.fround(t0 + s0);
          t1 = Math.fround(t1 + s1);
          t2 = Math.fround(t2 + s2);
          t3 = Math.fround(t3 + s3);
          t4 = Math.fround(t4 + s4);
          t5 = Math.fround(t5 + s5);
          t6 = Math.fround(t6 + s6);
          t7 = Math.fround(t7 + s7);
        }
        const i = at + v * step;
        y.value[i] = Math.fround(t0 + bias);
        y.value[i + step] = Math.fround(t1 + bias);
        y.value[i + 2 * step] = Math.fround(t2 + bias);
        y.value[i + 3 * step] = Math.fround(t3 + bias);
        y.value[i + 4 * step] = Math.fround(t4 + bias);
        y.value[i + 5 * step] = Math.fround(t5 + bias);
        y.value[i + 6 * step] = Math.fround(t6 + bias);
        y.value[i + 7 * step] = Math.fround(t7 + bias);
      }
      for (; v < count; v += 1) {
        let total = 0;
        for (let lane = 0; lane < lanes; lane += 1) {
          let partial = 0;
          for (let turns = lane; turns < n; turns += lanes) {
            const k = order[turns];
            const product = w[row + k] * xs[v * n + k];
            partial = Math.fround(partial + Math.fround(product));
          }
          total = Math.fround(total + partial);
        }
        y.value[at + v * step] = Math.fround(total + bias);
      }
    },
    // jscpd:ignore-end
  };
}

/** Most sums of one node have the same length. */
function remember(make: (count: number) => Uint32Array): (count: number) => Uint32Array {
  const made = new Map<number, Uint32Array>();
  return (count) => {
    const known = made.get(count) ?? make(count);
    made.set(count, known);
    return known;
  };
}
