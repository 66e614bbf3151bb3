import { elementCount, type ConcreteShape } from "@isoconv/core-spec";
import { invalid, showShape, tensorPath } from "./invalid.js";
import { derivedTensor, type StoredTensor } from "./stored-tensor.js";

/**
 * The same elements in the same row-major order, with another shape. Nothing is copied.
 *
 * @throws IsoconvError `INVALID_WEIGHTS` when the shape takes another number of elements
 */
export function reshapeTensor(tensor: StoredTensor, shape: ConcreteShape): StoredTensor {
  if (elementCount(shape) === elementCount(tensor.shape)) {
    return derivedTensor({ ...tensor, shape }, () => tensor.bytes());
  }
  throw invalid(tensorPath(tensor.name), "the shape takes another number of elements", {
    expected: `as many as ${showShape(tensor.shape)}`,
    received: showShape(shape),
  });
}
