import { elementCount } from "@isoconv/core-spec";
import type { HostArray, HostKernel } from "./host-kernel.js";
import { copy, rowMajor, whole, type Strided } from "./strided.js";

/**
 * TensorFlow.js's kernels that move elements, by name. Attributes are trusted: sizes are given for every axis, strides
 * are positive, and `StridedSlice`'s masks are 0.
 */
export const movements: Readonly<Record<string, HostKernel>> = {
  Transpose(call) {
    const x = call.operand("x");
    const perm = call.numbers("perm");
    const strides = rowMajor(x.shape);
    return gathered(
      { values: x.values, offset: 0, strides: perm.map((axis) => strides[axis]) },
      perm.map((axis) => x.shape[axis]),
    );
  },
  Slice: (call) => sampled(call.operand("x"), call.numbers("begin"), call.numbers("size")),
  StridedSlice(call) {
    const [begin, end, strides] = ["begin", "end", "strides"].map((name) => call.numbers(name));
    const size = strides.map((stride, axis) => Math.ceil((end[axis] - begin[axis]) / stride));
    return sampled(call.operand("x"), begin, size, strides);
  },
  PadV2(call) {
    const x = call.operand("x");
    const paddings = call.paddings("paddings");
    const shape = x.shape.map((extent, axis) => paddings[axis][0] + extent + paddings[axis][1]);
    const values = new Float32Array(elementCount(shape)).fill(call.number("constantValue"));
    const strides = rowMajor(shape);
    const offset = sumOf(paddings.map(([before], axis) => before * strides[axis]));
    copy(x.shape, whole(x.values, x.shape), { values, offset, strides });
    return { values, shape };
  },
};

/** The elements of a view in row-major order. */
function gathered(source: Strided, shape: number[]): HostArray {
  const values = new Float32Array(elementCount(shape));
  copy(shape, source, whole(values, shape));
  return { values, shape };
}

/** `size` elements of every axis from `begin` on, `steps` apart. */
function sampled(
  { values, shape }: HostArray,
  begin: readonly number[],
  size: readonly number[],
  steps: readonly number[] = [],
): HostArray {
  const strides = rowMajor(shape);
  const offset = sumOf(begin.map((start, axis) => start * strides[axis]));
  return gathered({ values, offset, strides: strides.map((stride, axis) => stride * (steps[axis] ?? 1)) }, [...size]);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
