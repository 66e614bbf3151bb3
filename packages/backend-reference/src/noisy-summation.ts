import { uniform } from "@isoconv/core-spec";
import type { Summation } from "./summation.js";

/** There are 1, 2, 4 or 8 partial sums: from a plain loop to the lanes of a common vector unit. */
const MOST_LANES_LOG2 = 3;

/**
 * Adds as float32 hardware may: products, partial sums and totals are rounded to float32, in one of many orders, chosen
 * by `seed` and the node's name. The terms are taken forwards or backwards, starting somewhere in the middle and
 * wrapping around, and are distributed in turn to a few partial sums. Magnitudes stay exact.
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
      for (; v + 4 <= count; v += 4) {
        const x0 = v * n;
        const x1 = x0 + n;
        const x2 = x1 + n;
        const x3 = x2 + n;
        let t0 = 0;
        let t1 = 0;
        let t2 = 0;
        let t3 = 0;
        let m0 = 0;
        let m1 = 0;
        let m2 = 0;
        let m3 = 0;
        for (let lane = 0; lane < lanes; lane += 1) {
          let s0 = 0;
          let s1 = 0;
          let s2 = 0;
          let s3 = 0;
          for (let turns = lane; turns < n; turns += lanes) {
            const k = order[turns];
            const weight = w[row + k];
            const p0 = weight * xs[x0 + k];
            const p1 = weight * xs[x1 + k];
            const p2 = weight * xs[x2 + k];
            const p3 = weight * xs[x3 + k];
            s0 = Math.fround(s0 + Math.fround(p0));
            s1 = Math.fround(s1 + Math.fround(p1));
            s2 = Math.fround(s2 + Math.fround(p2));
            s3 = Math.fround(s3 + Math.fround(p3));
            m0 += Math.abs(p0);
            m1 += Math.abs(p1);
            m2 += Math.abs(p2);
            m3 += Math.abs(p3);
          }
          t0 = Math.fround(t0 + s0);
          t1 = Math.fround(t1 + s1);
          t2 = Math.fround(t2 + s2);
          t3 = Math.fround(t3 + s3);
        }
        const i = at + v * step;
        y.value[i] = Math.fround(t0 + bias);
        y.value[i + step] = Math.fround(t1 + bias);
        y.value[i + 2 * step] = Math.fround(t2 + bias);
        y.value[i + 3 * step] = Math.fround(t3 + bias);
        y.magnitude[i] = m0 + Math.abs(bias);
        y.magnitude[i + step] = m1 + Math.abs(bias);
        y.magnitude[i + 2 * step] = m2 + Math.abs(bias);
        y.magnitude[i + 3 * step] = m3 + Math.abs(bias);
      }
      for (; v < count; v += 1) {
        let total = 0;
        let magnitude = 0;
        for (let lane = 0; lane < lanes; lane += 1) {
          let partial = 0;
          for (let turns = lane; turns < n; turns += lanes) {
            const k = order[turns];
            const product = w[row + k] * xs[v * n + k];
            partial = Math.fround(partial + Math.fround(product));
            magnitude += Math.abs(product);
          }
          total = Math.fround(total + partial);
        }
        y.value[at + v * step] = Math.fround(total + bias);
        y.magnitude[at + v * step] = magnitude + Math.abs(bias);
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
