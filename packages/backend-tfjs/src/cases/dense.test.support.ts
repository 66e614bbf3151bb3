import type { OpCase } from "../agreement.test.support.js";

/** Linear layers on every rank. */
export const linearCases: readonly OpCase[] = [
  { op: "linear", inputs: { x: [3, 7], w: [5, 7], bias: [5] } },
  { op: "linear", inputs: { x: [3, 7], w: [5, 7] } },
  { op: "linear", inputs: { x: [2, 3, 4], w: [5, 4], bias: [5] }, attrs: { activation: "relu" } },
  { op: "linear", inputs: { x: [2, 3, 4, 5], w: [6, 5], bias: [6] } },
  { op: "linear", inputs: { x: [2, 2, 3, 2, 5], w: [6, 5], bias: [6] } },
  { op: "linear", inputs: { x: [1, 4608], w: [3, 4608], bias: [3] }, attrs: { activation: "relu6" } },
  { op: "linear", inputs: { x: [4, 1], w: [1, 1], bias: [1] } },
];
