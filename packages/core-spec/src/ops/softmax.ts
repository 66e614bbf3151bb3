import { accumulationGrowth, rounded } from "../accuracy.js";
import { defineOp, type OpDoc } from "../op.js";
import { alongAxis } from "./along-axis.js";

/** Error of one exponential in units of the last place: the loosest of the CPU and WASM runtimes. */
const EXPONENTIAL_ULPS = 4;
/**
 * In units of 2⁻²⁴: 2⁻¹²⁶, the smallest normal number. The vector exponentials of XNNPACK (TensorFlow.js) and MLAS (ONNX
 * Runtime) return 0 below it.
 */
const VANISHING = 2 ** -102;

export const softmaxDoc: OpDoc<typeof softmax> = {
  summary: "Exponentials along an axis, scaled to sum to 1.",
  formula: "y_i = e^(x_i − max) / Σ_j e^(x_j − max)",
  notes: [
    "Shift-stable: inputs of ±1e4 neither overflow nor give NaN.",
    "A result below 2⁻¹²⁶, the smallest normal number, may be 0.",
  ],
  inputs: { x: "Input." },
  attrs: { axis: "Axis that sums to 1." },
  example: { inputs: { x: ["N", 10] }, attrs: { axis: 1 } },
  magnitude: "y_i · |x_i − max|",
  bound: "(K(n) + 8)·|ŷ| + 3·M + 2⁻¹⁰², n = the extent of the axis",
};

export const softmax = defineOp({
  ...alongAxis,
  name: "softmax",
  /** An exponent is off by one rounding of x − max; as a power of 2, also by those of log₂ e and of their product. */
  accuracy: (_shapes, { axis }, output) =>
    rounded({
      value: accumulationGrowth(output[axis] ?? 0) + 2 * EXPONENTIAL_ULPS,
      magnitude: 3,
      absolute: VANISHING,
      terms: output[axis] ?? 0,
    }),
});
