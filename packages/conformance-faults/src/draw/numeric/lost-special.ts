import { opNames } from "@isoconv/core-spec";
import type { Stream } from "../stream.js";
import { onOperand, onResult, type NumericEffect } from "./effect.js";

const LARGEST = 3.4028234663852886e38;

interface Special {
  readonly what: string;
  readonly values: readonly number[];
  readonly replace: (value: number) => number;
}

const specials: readonly Special[] = [
  { what: "NaN becomes 0", values: [Number.NaN], replace: (value) => (Number.isNaN(value) ? 0 : value) },
  { what: "NaN becomes ∞", values: [Number.NaN], replace: (value) => (Number.isNaN(value) ? Infinity : value) },
  {
    what: "∞ becomes the largest number",
    values: [Infinity, -Infinity],
    replace: (value) => Math.max(-LARGEST, Math.min(LARGEST, value)),
  },
  { what: "−∞ becomes NaN", values: [-Infinity], replace: (value) => (value === -Infinity ? Number.NaN : value) },
  { what: "−0 becomes 0", values: [-0], replace: (value) => value + 0 },
  {
    what: "subnormals become 0",
    values: [1e-39, -1e-40],
    replace: (value) => (Math.abs(value) < 2 ** -126 ? 0 : value),
  },
];

/** A special value is lost in whole vectors, in the tail that fills none, in one lane, or after an element. */
export function drawLostSpecial(stream: Stream): NumericEffect {
  const special = stream.pick(specials);
  const width = stream.pick([4, 8, 16, 32, 64]);
  const lane = stream.integer(0, width - 1);
  const first = stream.logInteger(2, 4096);
  const [where, isHere] = stream.pick([
    [`in one lane (${lane} of ${width})`, (index: number) => index % width === lane],
    [`from element ${first} on`, (index: number) => index >= first],
    [`in every vector but the first of ${width}`, (index: number) => index >= width],
    [`in all elements`, () => true],
  ] as const);
  const change = (value: number, index: number): number => (isHere(index) ? special.replace(value) : value);
  const [side, apply] = stream.pick([
    ["of the result", onResult(change)],
    ["of the operand", onOperand(change)],
  ] as const);
  return {
    what: `${special.what} ${side} ${where}`,
    ops: opNames,
    apply,
    fill: { kind: "cycle", values: [1, ...special.values, 2, ...special.values, ...special.values] },
  };
}
