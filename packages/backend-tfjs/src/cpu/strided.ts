/** Elements of a buffer seen as an array: element (i, j, …) is at `offset` + i·`strides[0]` + j·`strides[1]` + …. */
export interface Strided {
  readonly values: Float32Array;
  readonly offset: number;
  /** One per axis, in elements; 0 repeats the axis, as in broadcasting. */
  readonly strides: readonly number[];
}

/** An axis along which two arrays are walked together. */
export interface Axis {
  readonly extent: number;
  /** The step of the first array. */
  readonly first: number;
  /** The step of the second array. */
  readonly second: number;
}

/** Walks two planes that start at offsets `p` and `q`. */
export type Plane = (p: number, q: number, rows: Axis, columns: Axis) => void;

/** The strides of an array in row-major order. */
export function rowMajor(shape: readonly number[]): readonly number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis -= 1) strides[axis] = strides[axis + 1] * shape[axis + 1];
  return strides;
}

/** A whole array in row-major order. */
export function whole(values: Float32Array, shape: readonly number[]): Strided {
  return { values, offset: 0, strides: rowMajor(shape) };
}

/**
 * Walks two arrays of one shape together, plane by plane, in row-major order. Axes that both arrays pass in one stride
 * are merged, so most walks have few and large planes.
 */
export function walk(shape: readonly number[], first: Strided, second: Strided, plane: Plane): void {
  const axes = mergedAxes(shape, first.strides, second.strides);
  const [rows = SINGLE, columns = SINGLE] = axes.length === 1 ? [SINGLE, ...axes] : axes.slice(-2);
  const outer = axes.slice(0, -2);
  const descend = (depth: number, p: number, q: number): void => {
    const axis = outer[depth];
    if (axis === undefined) return plane(p, q, rows, columns);
    for (let i = 0; i < axis.extent; i += 1) descend(depth + 1, p + i * axis.first, q + i * axis.second);
  };
  descend(0, first.offset, second.offset);
}

/** Copies each element of an array to its place in another of the same shape. */
export function copy(shape: readonly number[], source: Strided, target: Strided): void {
  const plane = (p: number, q: number, rows: Axis, columns: Axis): void => {
    const [from, to] = [source.values, target.values];
    const { extent, first, second } = columns;
    for (let row = 0; row < rows.extent; row += 1) {
      const i = p + row * rows.first;
      const j = q + row * rows.second;
      for (let column = 0; column < extent; column += 1) to[j + column * second] = from[i + column * first];
    }
  };
  walk(shape, source, target, plane);
}

const SINGLE: Axis = { extent: 1, first: 0, second: 0 };

function mergedAxes(shape: readonly number[], first: readonly number[], second: readonly number[]): readonly Axis[] {
  const axes: Axis[] = [];
  for (const [index, extent] of shape.entries()) {
    if (extent === 1) continue;
    const axis = { extent, first: first[index], second: second[index] };
    const before = axes.at(-1);
    const joins = before?.first === axis.first * extent && before.second === axis.second * extent;
    if (joins) axes[axes.length - 1] = { ...axis, extent: before.extent * extent };
    else axes.push(axis);
  }
  return axes;
}
