import type { ConcreteShape } from "@isoconv/core-spec";
import { offsetsOf, stridesOf } from "./offsets.js";

/** A tensor cut into lines along some axes: element `k` of line `l` lies at `starts[l] + steps[k]`. */
export interface Lines {
  readonly starts: Uint32Array;
  readonly steps: Uint32Array;
}

/** Cuts along `axes`; lines and the elements of each come in row-major order. */
export function linesAlong(shape: ConcreteShape, axes: readonly number[]): Lines {
  const strides = stridesOf(shape);
  const select = (wanted: boolean): Uint32Array => {
    const kept = shape.map((_, axis) => axis).filter((axis) => axes.includes(axis) === wanted);
    return offsetsOf(
      kept.map((axis) => shape[axis]),
      kept.map((axis) => strides[axis]),
    );
  };
  return { starts: select(false), steps: select(true) };
}

/** One line's elements. */
export function gatherLine(values: Float64Array, start: number, steps: Uint32Array): Float64Array {
  const line = new Float64Array(steps.length);
  for (let k = 0; k < steps.length; k += 1) line[k] = values[start + steps[k]];
  return line;
}
