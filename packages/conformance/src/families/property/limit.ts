import { listOperands, type AnyInputs, type AttributeValue, type OpName, type Shape } from "@isoconv/core-spec";
import { elementCountOf } from "./small.js";
import type { SketchValue } from "./sketch.js";

/** Half precision overflows at 65504. */
export const LARGEST_LIMIT = 10_000;

/**
 * A bound on the result's elements, from those of the operands. Random graphs stay far from overflow, so that ∞ − ∞ is
 * never what a backend is judged by.
 */
export function limitOf(
  op: OpName,
  operands: AnyInputs<SketchValue>,
  attrs: Readonly<Record<string, AttributeValue>>,
): number {
  const list = listOperands(operands);
  const x = Math.max(...list.map(({ limit }) => limit));
  switch (op) {
    case "conv2d":
    case "linear":
      return x * elementCountOf(shapeOf(operands["w"]).slice(1)) + 1;
    case "convTranspose2d":
      return x * elementCountOf(shapeOf(operands["w"]).toSpliced(1, 1)) + 1;
    case "add":
      return list.reduce((sum, { limit }) => sum + limit, 0);
    case "mul":
      return list.reduce((product, { limit }) => product * limit, 1);
    case "batchNorm":
      // The variance is at least 1/2.
      return 1.5 * (x + 1) + 1;
    case "layerNorm":
      // No deviation is larger than √n times the standard deviation.
      return Math.sqrt(Number(shapeOf(operands["x"])[Number(attrs["axis"])])) + 1;
    case "lrn":
      return x * Math.max(1, Number(attrs["bias"]) ** -Number(attrs["beta"]));
    case "logSoftmax":
      return 2 * x + 10;
    case "leakyRelu":
      return x * Math.max(1, Number(attrs["slope"]));
    case "elu":
      return Math.max(x, Number(attrs["alpha"]));
    case "pad2d":
      return Math.max(x, Number(attrs["value"]));
    case "clip":
      return Math.max(x, Math.abs(Number(attrs["min"])), Math.abs(Number(attrs["max"])));
    default:
      return Math.max(x, 1);
  }
}

function shapeOf(operand: SketchValue | readonly SketchValue[] | undefined): Shape {
  return operand !== undefined && "shape" in operand ? operand.shape : [];
}
