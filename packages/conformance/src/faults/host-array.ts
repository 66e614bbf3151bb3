import { elementCount, type ConcreteShape, type Handler, type KernelSite, type OpName } from "@isoconv/core-spec";

/** A tensor of the host backends: float32 elements in row-major order. */
export interface HostArray {
  readonly shape: ConcreteShape;
  readonly data: Float32Array;
}

/** The kernel of one operation. */
export type HostKernel<K extends OpName> = Handler<K, HostArray, KernelSite>;

/** A new array of zeros. */
export function zeros(shape: ConcreteShape): HostArray {
  return { shape, data: new Float32Array(elementCount(shape)) };
}

/** Applies a function to every element and rounds to float32. */
export function mapElements({ shape, data }: HostArray, f: (value: number, index: number) => number): HostArray {
  return { shape, data: data.map(f) };
}

/** Reorders one axis: entry `k` of the result is entry `from(k)` of the operand. */
export function gatherAxis({ shape, data }: HostArray, axis: number, from: (index: number) => number): HostArray {
  const extent = shape[axis];
  const inner = elementCount(shape.slice(axis + 1));
  const y = zeros(shape);
  for (let line = 0; line * inner < data.length; line += 1) {
    const source = (Math.floor(line / extent) * extent + from(line % extent)) * inner;
    y.data.set(data.subarray(source, source + inner), line * inner);
  }
  return y;
}

/** Moves axes: axis `i` of the result is axis `permutation[i]` of the operand. */
export function permuteAxes({ shape, data }: HostArray, permutation: readonly number[]): HostArray {
  const strides = shape.map((_, axis) => elementCount(shape.slice(axis + 1)));
  const y = zeros(permutation.map((axis) => shape[axis]));
  for (let k = 0; k < y.data.length; k += 1) {
    let rest = k;
    let source = 0;
    for (let axis = y.shape.length - 1; axis >= 0; axis -= 1) {
      source += (rest % y.shape[axis]) * strides[permutation[axis]];
      rest = Math.floor(rest / y.shape[axis]);
    }
    y.data[k] = data[source];
  }
  return y;
}
