import { elementCount } from "@isoconv/core-spec";
import { bitsOf } from "./dtype.js";
import { invalid, showShape, tensorPath } from "./invalid.js";
import { derivedTensor, type StoredTensor } from "./stored-tensor.js";
import { rowMajorStrides, takeElements } from "./strided.js";

/**
 * The same elements with the axes in another order: axis `index` of the result is axis `axes[index]` of the tensor. They
 * are copied when they are read.
 *
 * @throws IsoconvError `INVALID_WEIGHTS` when `axes` is not a permutation of the tensor's axes, or when its elements are
 *   smaller than a byte
 */
export function permuteTensor(tensor: StoredTensor, axes: readonly number[]): StoredTensor {
  const { name, dtype } = tensor;
  const itemBytes = bitsOf(dtype) / 8;
  const isPermutation = axes.toSorted((a, b) => a - b).every((axis, index) => axis === index);
  if (!isPermutation || axes.length !== tensor.shape.length || !Number.isInteger(itemBytes)) {
    throw invalid(tensorPath(name), "its axes cannot be put in this order", {
      expected: `each axis of ${showShape(tensor.shape)} once`,
      received: axes,
    });
  }
  const shape = axes.map((axis) => tensor.shape[axis] ?? 0);
  const own = rowMajorStrides(tensor.shape);
  const strides = axes.map((axis) => own[axis] ?? 0);
  return derivedTensor({ name, dtype, shape, byteLength: elementCount(shape) * itemBytes }, () =>
    takeElements(tensor.bytes(), itemBytes, { offset: 0, shape, strides }),
  );
}
