import {
  definitionOf,
  listOperands,
  mapOperands,
  type ArithmeticClass,
  type Node,
  type Shape,
  type Tensor,
} from "@isoconv/core-spec";
import { exactIntegers } from "../arithmetic.js";
import { addendsOf } from "../network/with-integers.js";
import { contractionOf, isLinear, type Contraction } from "./contraction.js";

/**
 * Whether an operation's result on these operands is exact in the arithmetic class in any order of sums, so that every
 * correct backend returns the same numbers. It is proved from the operands, whatever filled them: they are integers that
 * the class does not round, and the absolute values of the terms of every sum add up to what `exactIntegers` allows.
 * `false` where the proof fails.
 */
export function sumsStayExact(node: Node, tensorOf: (name: string) => Tensor, arithmetic: ArithmeticClass): boolean {
  const shapeOf = (name: string): Shape => tensorOf(name).shape;
  const { operands, sums } = exactIntegers(arithmetic);
  if (!definitionOf(node.op).exactOnIntegers(mapOperands(node.inputs, shapeOf), node.attrs)) return false;
  const names = listOperands<string>(node.inputs);
  if (!names.every((name) => isIntegral(tensorOf(name).data, operands))) return false;
  if (isLinear(node)) return largestReach(contractionOf(node, tensorOf)) <= sums;
  const largest = names.map((name) => largestOf(tensorOf(name).data, 0, tensorOf(name).data.length));
  const isProduct = node.op === "mul" || node.op === "prelu";
  return isProduct
    ? largest.reduce((product, each) => product * Math.max(1, each), 1) <= sums
    : addendsOf(node, shapeOf) * Math.max(...largest) <= sums;
}

function isIntegral(data: ArrayLike<number>, limit: number): boolean {
  for (let k = 0; k < data.length; k += 1) {
    const value = data[k];
    // False for NaN too.
    if (!(Math.abs(value) <= limit && Math.trunc(value) === value)) return false;
  }
  return true;
}

function largestOf(data: ArrayLike<number>, start: number, end: number): number {
  let most = 0;
  for (let k = start; k < end; k += 1) most = Math.max(most, Math.abs(data[k]));
  return most;
}

/** A bound of `Σ|x·w| + |bias|` for every element: the largest of each channel of x times the taps that meet it. */
function largestReach({ x, w, bias, images, groups, inPerGroup, outPerGroup, steps, ...axes }: Contraction): number {
  const channels = groups * inPerGroup;
  const plane = axes.rows.inputs * axes.columns.inputs;
  const taps = axes.rows.taps.length * axes.columns.taps.length;
  const most = new Float64Array(channels);
  for (let k = 0; k < images * channels; k += 1) {
    most[k % channels] = Math.max(most[k % channels], largestOf(x, k * plane, (k + 1) * plane));
  }
  let largest = 0;
  for (let group = 0; group < groups; group += 1) {
    for (let o = 0; o < outPerGroup; o += 1) {
      const first = group * steps.group + o * steps.output;
      let reach = Math.abs(bias?.[group * outPerGroup + o] ?? 0);
      for (let t = 0; t < taps; t += 1) {
        for (let c = 0; c < inPerGroup; c += 1) {
          reach += most[group * inPerGroup + c] * Math.abs(w[first + c * steps.input + t]);
        }
      }
      largest = Math.max(largest, reach);
    }
  }
  return largest;
}
