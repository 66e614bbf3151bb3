import { definitionOf, sameShape, type AnyInputs, type OpName, type Shape } from "@isoconv/core-spec";
import { casesOf } from "../../ops/index.js";
import type { RandomAttributes } from "../../ops/op-cases.js";
import type { Choose } from "./choose.js";
import type { DrawnWindow } from "./draw-window.js";
import { FED, isSibling, JOINS } from "./joins.js";
import type { Sketch, SketchValue } from "./sketch.js";

/** Heights and widths. */
const EXTENTS = [1, 2, 3, 4, 5, 6, 7];

/** Draws the main operand of a node: one of the latest values with a fitting rank, or a new input. */
export function drawMain(op: OpName, batch: Shape[number], sketch: Sketch, choose: Choose): SketchValue {
  const needsImage = (definitionOf(op).inputs["x"]?.layout ?? "").startsWith("[N, C, H, W]");
  const image = (): Shape => [batch, choose([1, 2, 3, 4]), choose(EXTENTS), choose(EXTENTS)];
  const features = (): Shape => [batch, choose([1, 3, 5, 8])];
  const sequence = (): Shape => [batch, choose([1, 2, 3, 4]), choose([1, 3, 5])];
  const fits = sketch.values.filter((value) => (needsImage ? value.shape.length === 4 : value.shape.length > 1));
  // One node in five starts a new branch.
  const isNew = choose([false, false, false, false, true]);
  if (fits.length === 0 || isNew) {
    const shapeOf = needsImage ? image : choose([features, image, image, sequence]);
    return sketch.fresh("input", "x", shapeOf(), FED);
  }
  const siblings = JOINS.includes(op) ? fits.filter((value) => fits.some((other) => isSibling(value, other))) : [];
  // The oldest value is drawn more often, so that some values are read many times.
  return choose(siblings.length > 0 ? siblings : [fits[0], ...fits, fits[fits.length - 1]]);
}

/** Draws the other operands of a node; returns all, with the main one. */
export function drawOperands(
  op: OpName,
  main: SketchValue,
  attrs: RandomAttributes,
  window: DrawnWindow,
  sketch: Sketch,
  choose: Choose,
): AnyInputs<SketchValue> {
  const parameter = (stem: string, shape: Shape): SketchValue => drawWeight(stem, shape, sketch, choose);
  const maybe = (stem: string, shape: Shape): Readonly<Record<string, SketchValue>> =>
    choose([false, true]) ? { [stem]: parameter(stem, shape) } : {};
  const { operands } = casesOf(op).random;
  return operands === undefined ? { x: main } : operands(main, { attrs, window, sketch, choose, parameter, maybe });
}

/** Draws a weight: mostly a parameter of its own; else a parameter of another node, an input, or a product of parameters. */
function drawWeight(stem: string, shape: Shape, sketch: Sketch, choose: Choose): SketchValue {
  const own = (): SketchValue => sketch.fresh("parameter", stem, shape, 1);
  // Variances must be positive.
  const isAlike = ({ name }: SketchValue): boolean => name.startsWith("variance") === (stem === "variance");
  const shared = sketch.parameters.filter((value) => sameShape(value.shape, shape) && isAlike(value));
  const kinds: readonly (() => SketchValue)[] = [
    ...Array.from({ length: 6 }, () => own),
    () => sketch.fresh("input", stem, shape, 1),
    () => sketch.computed("mul", { a: own(), b: own() }, stem, shape, 1),
    // Few parameters fit, so those that do are drawn often.
    ...(shared.length === 0 ? [] : Array.from({ length: 8 }, () => () => choose(shared))),
  ];
  return choose(kinds)();
}
