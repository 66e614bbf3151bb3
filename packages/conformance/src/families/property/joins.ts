import { sameShape, type OpName } from "@isoconv/core-spec";
import type { Choose } from "./choose.js";
import type { Sketch, SketchValue } from "./sketch.js";

/** The largest element of what is fed. */
export const FED = 2;

/** Where branches meet. */
export const JOINS: readonly OpName[] = ["add", "mul", "concat"];

export function isSibling(value: SketchValue, other: SketchValue): boolean {
  return value.name !== other.name && sameShape(value.shape, other.shape);
}

/** Draws an operand that broadcasts against a value: a branch of the same shape, a new input, or a parameter per channel. */
export function drawPartner(main: SketchValue, sketch: Sketch, choose: Choose): SketchValue {
  const stretched = main.shape.map((extent, axis) => (axis === 1 ? extent : 1));
  const branches = sketch.values.filter((value) => isSibling(main, value));
  const fresh = [
    sketch.fresh("parameter", "c", stretched.slice(1), 1),
    sketch.fresh("input", "x", main.shape, FED),
    sketch.fresh("input", "x", [main.shape[0], ...stretched.slice(1)], FED),
    sketch.fresh("parameter", "c", [1], 1),
    main,
  ];
  return choose(branches.length === 0 ? fresh : [...fresh, ...Array.from({ length: 4 }, () => branches).flat()]);
}

/** One to three values whose shapes differ only in one axis; the main operand is the first or the last. */
export function drawJoined(main: SketchValue, axis: number, sketch: Sketch, choose: Choose): readonly SketchValue[] {
  const fits = sketch.values.filter(
    ({ shape }) =>
      shape.length === main.shape.length && shape.every((extent, k) => k === axis || extent === main.shape[k]),
  );
  const other = (): SketchValue =>
    choose([sketch.fresh("input", "x", main.shape.with(axis, choose([1, 2, 3])), FED), ...fits, ...fits]);
  const count = choose([1, 0, 2]);
  const others = Array.from({ length: count }, other);
  return choose([false, true]) ? [...others, main] : [main, ...others];
}
