import type { Stream } from "../stream.js";
import { computing, onOperand, onResult, type NumericEffect } from "./effect.js";

/** Numbers outside a range are lost: they saturate, overflow, underflow or stick to a fixed point. */
export function drawRange(stream: Stream): NumericEffect {
  const limit = stream.pick([127, 32_767, 65_504, 2 ** 21, 2 ** 24, 2 ** 31 - 1, 2 ** 63, 2 ** stream.integer(2, 120)]);
  const least = 2 ** -stream.integer(6, 120);
  const step = 2 ** -stream.integer(8, 24);
  const beyond: NumericEffect["fill"] = { kind: "cycle", values: [limit * 1.5, -limit * 1.25, limit / 4, 1, -1] };
  const tiny: NumericEffect["fill"] = { kind: "cycle", values: [least / 2, -least / 4, 1, 2 * least] };
  const clamp = (value: number): number => Math.max(-limit, Math.min(limit, value));
  const overflow = (value: number): number => (Math.abs(value) > limit ? Math.sign(value) * Infinity : value);
  const lose = (value: number): number => (Math.abs(value) > limit ? Number.NaN : value);
  const flush = (value: number): number => (Math.abs(value) < least ? 0 : value);
  const fixed = (value: number): number => (Math.abs(value) < 2 ** 23 * step ? Math.round(value / step) * step : value);
  const scaled = (value: number): number =>
    Math.abs(value) > limit ? Math.round(value / (limit * 2 ** -15)) * limit * 2 ** -15 : value;
  const side = stream.pick([
    { what: "results", change: onResult },
    { what: "operands", change: onOperand },
  ]);
  const [what, change, fill] = stream.pick([
    [`saturate at ${limit}`, clamp, beyond],
    [`beyond ${limit} become ∞`, overflow, beyond],
    [`beyond ${limit} become NaN`, lose, beyond],
    [`below ${least} become 0`, flush, tiny],
    [`are multiples of ${step}`, fixed, { kind: "uniform", low: -1, high: 1 }],
    [`beyond ${limit} are multiples of ${limit * 2 ** -15}`, scaled, { kind: "uniform", low: limit, high: 3 * limit }],
  ] as const);
  return { what: `${side.what} ${what}`, ops: computing, apply: side.change(change), fill };
}
