import { elementCount } from "@isoconv/core-spec";
import { zeros, type HostArray } from "@isoconv/conformance/faults";
import { attribute, type Call } from "../call.js";
import { measure } from "../shape/roles.js";
import type { Operands } from "../spoiled.js";
import type { Stream } from "../stream.js";
import type { NumericEffect } from "./effect.js";

/** Formulas of reductions that are only right for short lines or ordinary numbers. */
export function drawReduction(stream: Stream): NumericEffect {
  return stream.pick([softmaxOfFirst, onePassVariance, floatMean, flattenedTail])(stream);
}

/** softmax subtracts the maximum of the first elements only: later ones overflow. */
function softmaxOfFirst(stream: Stream): NumericEffect {
  const first = stream.logInteger(1, 256);
  return {
    what: `the maximum is that of the first ${first} elements`,
    ops: ["softmax", "logSoftmax"],
    fill: { kind: "uniform", low: -200, high: 200 },
    apply: (operands, right, call) => {
      const y = right(operands);
      return eachLine(operands, call, y, (line) => {
        const shift = Math.max(...line.subarray(0, first));
        const shifted = line.map((value) => Math.fround(value - shift));
        const sum = shifted.reduce((total, value) => Math.fround(total + Math.exp(value)), 0);
        const isLog = call.op === "logSoftmax";
        return shifted.map((value) => (isLog ? value - Math.log(sum) : Math.fround(Math.exp(value)) / sum));
      });
    },
  };
}

/** The variance as the mean square minus the squared mean, in float32. */
function onePassVariance(stream: Stream): NumericEffect {
  const centre = 2 ** stream.integer(3, 12);
  return {
    what: "the variance is the mean square minus the squared mean",
    ops: ["layerNorm"],
    fill: { kind: "uniform", low: centre - 1, high: centre + 1 },
    apply: (operands, right, call) =>
      eachLine(operands, call, right(operands), (line, scale, offset) => {
        const mean = floatSum(line) / line.length;
        const square = floatSum(line.map((value) => value * value)) / line.length;
        const variance = Math.max(0, Math.fround(square) - Math.fround(mean * mean));
        const root = Math.sqrt(variance + Number(call.attrs["epsilon"]));
        return line.map((value, k) => ((value - mean) / root) * (scale?.[k] ?? 1) + (offset?.[k] ?? 0));
      }),
  };
}

/** ε is added only where the variance is small. */
function flattenedTail(stream: Stream): NumericEffect {
  const least = 2 ** -stream.integer(4, 20);
  return {
    what: `a variance below ${least} counts as 0`,
    ops: ["layerNorm"],
    fill: { kind: "uniform", low: -Math.sqrt(least), high: Math.sqrt(least) },
    apply: (operands, right, call) =>
      eachLine(operands, call, right(operands), (line, scale, offset) => {
        const mean = line.reduce((total, value) => total + value, 0) / line.length;
        const exact = line.reduce((total, value) => total + (value - mean) ** 2, 0) / line.length;
        const root = Math.sqrt((exact < least ? 0 : exact) + Number(call.attrs["epsilon"]));
        return line.map((value, k) => ((value - mean) / root) * (scale?.[k] ?? 1) + (offset?.[k] ?? 0));
      }),
  };
}

/** A mean whose divisor is rounded, as a reciprocal in half precision is. */
function floatMean(stream: Stream): NumericEffect {
  const bits = stream.integer(8, 16);
  return {
    what: `the sum is multiplied by a reciprocal of ${bits} bits`,
    ops: ["mean", "globalAvgPool2d"],
    fill: { kind: "uniform", low: 0.5, high: 1.5 },
    apply: (operands, right, call) => {
      const count = Math.max(1, measure(call, "reduced extent"));
      const spacing = 2 ** (Math.floor(Math.log2(1 / count)) - bits);
      const factor = Math.round(1 / count / spacing) * spacing * count;
      const y = right(operands);
      return { shape: y.shape, data: y.data.map((value) => value * factor) };
    },
  };
}

function floatSum(values: Float32Array): number {
  return values.reduce((total, value) => Math.fround(total + value), 0);
}

type Line = (line: Float32Array, scale?: Float32Array, offset?: Float32Array) => Float32Array;

/** Computes every line along the axis of a call by itself. */
function eachLine({ x, scale, offset }: Operands, call: Call, y: HostArray, compute: Line): HostArray {
  if (x === undefined || !("data" in x) || x.data.length === 0) return y;
  const axis = attribute(call, "axis") ?? 0;
  const extent = x.shape[axis];
  const inner = elementCount(x.shape.slice(axis + 1));
  const result = zeros(y.shape);
  for (let line = 0; line < x.data.length / extent; line += 1) {
    const start = Math.floor(line / inner) * extent * inner + (line % inner);
    const values = Float32Array.from({ length: extent }, (_, k) => x.data[start + k * inner]);
    const computed = compute(values, dataOf(scale), dataOf(offset));
    for (let k = 0; k < extent; k += 1) result.data[start + k * inner] = computed[k];
  }
  return result;
}

function dataOf(operand: Operands[string]): Float32Array | undefined {
  return operand !== undefined && "data" in operand ? operand.data : undefined;
}
