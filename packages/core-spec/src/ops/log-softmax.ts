import { accumulationGrowth, rounded } from "../accuracy.js";
import { defineOp, type OpDoc } from "../op.js";
import { alongAxis } from "./along-axis.js";

export const logSoftmaxDoc: OpDoc<typeof logSoftmax> = {
  summary: "The logarithm of softmax, computed without leaving the logarithmic scale.",
  formula: "y_i = (x_i − max) − ln Σ_j e^(x_j − max)",
  notes: [
    "Shift-stable: inputs of ±1e4 neither overflow nor give −∞.",
    "max is subtracted first. x_i − (max + ln Σ) rounds the sum in brackets to |max|'s precision, which M does not count: it is refused where |max| exceeds some hundreds. PyTorch computed so and treated it as a bug (pytorch/pytorch#11752).",
  ],
  inputs: { x: "Input." },
  attrs: { axis: "Axis over which the exponentials sum to 1." },
  example: { inputs: { x: ["N", 10] }, attrs: { axis: 1 } },
  magnitude: "|x_i − max| + ln Σ_j e^(x_j − max) + 1",
  bound: "2·|ŷ| + 8·M + K(n), n = the extent of the axis",
};

export const logSoftmax = defineOp({
  ...alongAxis,
  name: "logSoftmax",
  accuracy: (_shapes, { axis }, output) =>
    rounded({ value: 2, magnitude: 8, absolute: accumulationGrowth(output[axis] ?? 0), terms: output[axis] ?? 0 }),
});
