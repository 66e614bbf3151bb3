import { conv2dWith, linearWith, roundToBfloat16, roundToTf32, type Dot } from "@isoconv/conformance/faults";
import { roundToHalf } from "@isoconv/judge";
import { mapElements } from "@isoconv/conformance/faults";
import type { Stream } from "../stream.js";
import { computing, onOperand, onResult, type NumericEffect } from "./effect.js";

const formats = [
  ["half", roundToHalf],
  ["bfloat16", roundToBfloat16],
  ["TF32", roundToTf32],
] as const;

/** Less precision than declared: in results, operands, or only where numbers are large, small or in the middle. */
export function drawPrecision(stream: Stream): NumericEffect {
  const [name, round] = stream.pick(formats);
  const exponent = stream.integer(-20, 60);
  const [low, high] = [2 ** exponent, 2 ** (exponent + stream.integer(1, 4))];
  const [where, isHere] = stream.pick([
    [`of magnitude ≥ ${low}`, (value: number) => Math.abs(value) >= low],
    [`of magnitude in [${low}, ${high})`, (value: number) => Math.abs(value) >= low && Math.abs(value) < high],
    [`of magnitude < ${low}`, (value: number) => Math.abs(value) < low],
  ] as const);
  const rounded = (value: number): number => (isHere(value) ? round(value) : value);
  const bits = stream.integer(8, 17);
  const off = (value: number): number => (isHere(value) ? value * (1 + 2 ** -bits) : value);
  const fill = { kind: "uniform", low: 0.9 * low, high: 1.1 * high } as const;
  return stream.pick([
    () => ({ what: `operands ${where} rounded to ${name}`, ops: computing, apply: onOperand(rounded), fill }),
    () => ({ what: `results ${where} rounded to ${name}`, ops: computing, apply: onResult(rounded), fill }),
    () => ({
      what: `results ${where} wrong by a factor of 1 + 2^−${bits}`,
      ops: computing,
      apply: onResult(off),
      fill,
    }),
    () => nearMiss(bits, low, high),
    () => roundedSums(name, round),
  ] as const)();
}

/** An approximation that is poor on an interval of its argument. */
function nearMiss(bits: number, low: number, high: number): NumericEffect {
  return {
    what: `operands in [${low}, ${high}) give results wrong by a factor of 1 + 2^−${bits}`,
    ops: computing,
    apply: (operands, right) => {
      const y = right(operands);
      const x = operands["x"] ?? operands["a"];
      if (x === undefined || !("data" in x) || x.data.length !== y.data.length) return y;
      return mapElements(y, (value, k) => (x.data[k] >= low && x.data[k] < high ? value * (1 + 2 ** -bits) : value));
    },
    fill: { kind: "uniform", low: 0.9 * low, high: 1.1 * high },
  };
}

/** Sums of products in less precision. */
function roundedSums(name: string, round: (value: number) => number): NumericEffect {
  const dot: Dot = (x, w, length, bias) => {
    let sum = 0;
    for (let k = 0; k < length; k += 1) sum = round(sum + x[k] * w[k]);
    return Math.fround(sum + bias);
  };
  const wrong = { conv2d: conv2dWith(dot), linear: linearWith(dot) };
  return {
    what: `sums of products in ${name}`,
    ops: ["conv2d", "linear"],
    fill: { kind: "uniform", low: -1, high: 1 },
    apply: (operands, right, { op, attrs, shape }) => {
      const site = { node: "sum", executable: {}, shape };
      if (op === "conv2d")
        return wrong.conv2d(
          operands as Parameters<typeof wrong.conv2d>[0],
          attrs as Parameters<typeof wrong.conv2d>[1],
          site,
        );
      if (op === "linear")
        return wrong.linear(
          operands as Parameters<typeof wrong.linear>[0],
          attrs as Parameters<typeof wrong.linear>[1],
          site,
        );
      return right(operands);
    },
  };
}
