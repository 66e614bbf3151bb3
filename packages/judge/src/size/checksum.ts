import { uniform } from "@isoconv/core-spec";
import type { Contraction, WindowAxis } from "./contraction.js";

/** The largest prime below 2²⁶: products of two residues are exact in float64. */
const PRIME = 2 ** 26 - 5;
/** The coefficients are drawn from 1 … 2²⁰. */
const COEFFICIENTS = 2 ** 20;
/** The largest integer that a result or an operand may be. */
const LARGEST = 2 ** 24;
/** A residue and the sum of so many products of a coefficient and an element are below 2⁵³. */
const EXACT_TERMS = 256;
/** The same for products of a coefficient and a residue. */
const EXACT_RESIDUES = 64;
/** The same for products of an element and a residue. */
const EXACT_PRODUCTS = 4;

/** An output channel of an image with at least one wrong element. */
export interface WrongChannel {
  readonly image: number;
  readonly channel: number;
}

/**
 * Compares all elements of a linear operation's result with one checksum for each image and group, at `1 / O` of the
 * cost of computing them. `undefined` if every sum is right. The coefficients are drawn for `key`.
 *
 * With coefficients `a`, `b` and `c` for channels, rows and columns, a correct result has
 *
 * `Σ_o Σ_p Σ_q a_o b_p c_q y[o,p,q] = Σ_{c,u,v} A[c,u,v] · P[c,u,v] + (Σ_o a_o bias_o)(Σ_p b_p)(Σ_q c_q)`
 *
 * where `A[c,u,v] = Σ_o a_o w[o,c,u,v]` and `P[c,u,v] = Σ_{(i,p) ∈ u} b_p Σ_{(j,q) ∈ v} c_q x[c,i,j]`: only the order of
 * the sums is exchanged. For one row of a matrix product this is Freivalds' check (Probabilistic machines can use less
 * running time, 1977); Huang and Abraham keep such sums beside matrices to detect faults (Algorithm-based fault
 * tolerance for matrix operations, 1984).
 *
 * The operands and the exact result must be integers of at most 2²⁴, see `sumsStayExact`. Both sides are computed modulo
 * the prime p = 2²⁶ − 5, and every intermediate sum is an integer below 2⁵³, so the comparison itself is exact: it never
 * refuses a correct result.
 *
 * - **An element that is no integer of at most 2²⁴**, NaN and ∞ among them, is always detected.
 * - **One wrong element in a group of an image** is always detected: its difference δ is an integer with 0 < |δ| ≤ 2²⁵ < p,
 *   and neither δ nor a coefficient, all of them in 1 … 2²⁰, is a multiple of p. So neither is their product.
 * - **Several wrong elements** with differences δ[o,p,q]: the sides differ by a polynomial of degree 3 in the independently
 *   drawn a, b and c, which is not zero modulo p. It vanishes with a probability of at most 3 / 2²⁰ (Schwartz 1980,
 *   Zippel 1979). Errors cannot depend on the coefficients, which a backend never sees. One draw is therefore enough.
 * - **Not seen**: the sign of a zero, which the registry leaves free here.
 */
export function wrongChannel(contraction: Contraction, y: ArrayLike<number>, key: string): WrongChannel | undefined {
  const { images, groups, inPerGroup, outPerGroup, rows, columns } = contraction;
  const a = draw(`${key}/channels`, groups * outPerGroup);
  const b = draw(`${key}/rows`, rows.outputs);
  const c = draw(`${key}/columns`, columns.outputs);
  const plane = rows.outputs * columns.outputs;
  const weights = Array.from({ length: groups }, (_, group) => weightSums(contraction, group, a));
  const area = (residueSum(b) * residueSum(c)) % PRIME;
  for (let image = 0; image < images; image += 1) {
    for (let group = 0; group < groups; group += 1) {
      const first = group * outPerGroup;
      const sums: number[] = [];
      for (let o = first; o < first + outPerGroup; o += 1) {
        const sum = planeSum(y, (image * groups * outPerGroup + o) * plane, b, c);
        if (sum === undefined) return { image, channel: o };
        sums.push(sum);
      }
      const patches = patchSums(contraction, (image * groups + group) * inPerGroup, b, c);
      const biases = biasSum(contraction, first, a);
      const got = sums.reduce((sum, each, k) => (sum + a[first + k] * each) % PRIME, 0);
      const expected = (dot(weights[group], patches) + biases * area) % PRIME;
      if ((got - expected) % PRIME === 0) continue;
      return { image, channel: first + wrongOutput(contraction, group, sums, patches, area) };
    }
  }
  return undefined;
}

function draw(key: string, count: number): Float64Array {
  return Float64Array.from(uniform(1, `checksum/${key}`, count, 1, COEFFICIENTS), Math.floor);
}

function residueSum(values: Float64Array): number {
  return values.reduce((sum, value) => (sum + value) % PRIME, 0);
}

/** `Σ_p b_p Σ_q c_q y[p,q]` modulo the prime; `undefined` if an element cannot be the exact result. */
function planeSum(y: ArrayLike<number>, start: number, b: Float64Array, c: Float64Array): number | undefined {
  let total = 0;
  let at = start;
  for (let p = 0; p < b.length; p += 1) {
    let row = 0;
    for (let first = 0; first < c.length; first += EXACT_TERMS) {
      const end = Math.min(c.length, first + EXACT_TERMS);
      for (let q = first; q < end; q += 1) {
        const element = y[at];
        // Also false for NaN.
        if (!(Math.abs(element) <= LARGEST && Math.trunc(element) === element)) return undefined;
        row += c[q] * element;
        at += 1;
      }
      row %= PRIME;
    }
    total = (total + b[p] * row) % PRIME;
  }
  return total;
}

/** `A[c,u,v] = Σ_o a_o w[o,c,u,v]` modulo the prime, for one group. */
function weightSums({ w, steps, inPerGroup, outPerGroup, ...axes }: Contraction, group: number, a: Float64Array) {
  const taps = axes.rows.taps.length * axes.columns.taps.length;
  const sums = new Float64Array(inPerGroup * taps);
  // Filters whose channels are neighbours in w are read in one run.
  const [runs, length] = steps.input === taps ? [1, inPerGroup * taps] : [inPerGroup, taps];
  for (let o = 0; o < outPerGroup; o += 2) {
    // Two filters at once, because storing the sums takes longest. A missing second one counts as nothing.
    const [a0, a1] = [a[group * outPerGroup + o], o + 1 < outPerGroup ? a[group * outPerGroup + o + 1] : 0];
    for (let run = 0; run < runs; run += 1) {
      const w0 = group * steps.group + o * steps.output + run * steps.input;
      const w1 = o + 1 < outPerGroup ? w0 + steps.output : w0;
      const to = run * length;
      for (let k = 0; k < length; k += 1) sums[to + k] += a0 * w[w0 + k] + a1 * w[w1 + k];
    }
    if (o % EXACT_TERMS === EXACT_TERMS - 2) reduce(sums);
  }
  return reduce(sums);
}

function reduce(sums: Float64Array): Float64Array {
  for (let k = 0; k < sums.length; k += 1) sums[k] %= PRIME;
  return sums;
}

/** `P[c,u,v] = Σ_{(i,p) ∈ u} b_p Σ_{(j,q) ∈ v} c_q x[c,i,j]` modulo the prime, for the channels of one group. */
function patchSums(
  { x, inPerGroup, rows, columns }: Contraction,
  firstPlane: number,
  b: Float64Array,
  c: Float64Array,
): Float64Array {
  const [height, width] = [rows.taps.length, columns.taps.length];
  const sums = new Float64Array(inPerGroup * height * width);
  const lines = new Float64Array(width * rows.inputs);
  for (let channel = 0; channel < inPerGroup; channel += 1) {
    lineSums(lines, x, (firstPlane + channel) * rows.inputs * columns.inputs, rows.inputs, columns, c);
    for (let u = 0; u < height; u += 1) {
      const { inputs, outputs } = rows.taps[u];
      for (let v = 0; v < width; v += 1) {
        let sum = 0;
        for (let k = 0; k < inputs.length; k += 1) {
          sum += b[outputs[k]] * lines[v * rows.inputs + inputs[k]];
          if (k % EXACT_RESIDUES === EXACT_RESIDUES - 1) sum %= PRIME;
        }
        sums[(channel * height + u) * width + v] = sum % PRIME;
      }
    }
  }
  return sums;
}

/** `lines[v,i] = Σ_{(j,q) ∈ v} c_q x[i,j]` modulo the prime, for one plane of x. */
function lineSums(
  lines: Float64Array,
  x: ArrayLike<number>,
  start: number,
  height: number,
  columns: WindowAxis,
  c: Float64Array,
): void {
  for (let v = 0; v < columns.taps.length; v += 1) {
    const { inputs, outputs } = columns.taps[v];
    for (let i = 0; i < height; i += 1) {
      const row = start + i * columns.inputs;
      let sum = 0;
      for (let first = 0; first < inputs.length; first += EXACT_TERMS) {
        const end = Math.min(inputs.length, first + EXACT_TERMS);
        for (let k = first; k < end; k += 1) sum += c[outputs[k]] * x[row + inputs[k]];
        sum %= PRIME;
      }
      lines[v * height + i] = sum;
    }
  }
}

function biasSum({ bias, outPerGroup }: Contraction, first: number, a: Float64Array): number {
  if (bias === undefined) return 0;
  let sum = 0;
  for (let o = first; o < first + outPerGroup; o += 1) sum = (sum + a[o] * bias[o]) % PRIME;
  return sum;
}

/** `Σ_k values[k] · residues[k]` modulo the prime. */
function dot(values: Float64Array, residues: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < residues.length; k += 1) sum = (sum + values[k] * residues[k]) % PRIME;
  return sum;
}

/**
 * The first output channel of a group whose own checksum `Σ_{c,u,v} w[o,c,u,v] · P[c,u,v] + bias_o (Σ b)(Σ c)` differs
 * from that of the result. There is one, because the group's checksum is the sum of its channels' times their
 * coefficients.
 */
function wrongOutput(
  { w, bias, steps, inPerGroup, outPerGroup }: Contraction,
  group: number,
  got: readonly number[],
  patches: Float64Array,
  area: number,
): number {
  const taps = patches.length / inPerGroup;
  return got.findIndex((plane, o) => {
    let sum = ((bias?.[group * outPerGroup + o] ?? 0) * area) % PRIME;
    for (let c = 0; c < inPerGroup; c += 1) {
      const from = group * steps.group + o * steps.output + c * steps.input;
      for (let t = 0; t < taps; t += 1) {
        sum += w[from + t] * patches[c * taps + t];
        if ((c * taps + t) % EXACT_PRODUCTS === 0) sum %= PRIME;
      }
    }
    return (plane - (sum % PRIME)) % PRIME !== 0;
  });
}
