import { elementCount, float32, type ConcreteShape, type Tensor } from "@isoconv/core-spec";

/** Positions from `start` up to, not including, `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export function span(start: number, length: number): Range {
  return { start, end: start + length };
}

/** The elements of a tensor in a box, one range for each axis; positions outside the tensor are zeros. */
export function cut({ shape, data }: Tensor, box: readonly Range[]): Tensor {
  const extents = box.map(({ start, end }) => end - start);
  const values = new Float32Array(elementCount(extents));
  // Whole axes at the end are one line with the axis before them.
  let axis = shape.length - 1;
  let inner = 1;
  while (axis > 0 && box[axis].start === 0 && box[axis].end === shape[axis]) {
    inner *= shape[axis];
    axis -= 1;
  }
  const { start, end } = box[axis];
  const [first, last] = [Math.max(0, start), Math.min(shape[axis], end)];
  const line = (end - start) * inner;
  for (let at = 0; at < values.length; at += line) {
    const source = lineStart(shape, box, axis, at / line) * inner;
    if (source < 0) continue;
    const to = at + (first - start) * inner - (source + first * inner);
    for (let k = source + first * inner; k < source + last * inner; k += 1) values[to + k] = data[k];
  }
  return float32(extents, values);
}

/** Where a box's line along `axis` starts, in elements of that axis; negative outside the tensor. */
function lineStart(shape: ConcreteShape, box: readonly Range[], axis: number, line: number): number {
  let rest = line;
  let start = 0;
  let step = shape[axis];
  for (let outer = axis - 1; outer >= 0; outer -= 1) {
    const extent = box[outer].end - box[outer].start;
    const position = box[outer].start + (rest % extent);
    if (position < 0 || position >= shape[outer]) return -1;
    start += position * step;
    rest = Math.floor(rest / extent);
    step *= shape[outer];
  }
  return start;
}
