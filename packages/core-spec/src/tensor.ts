import { IsoconvError } from "./error.js";
import { isFloat32Array, ownFloat32Array } from "./realm.js";
import { elementCount, formatShape, MOST_ELEMENTS, type ConcreteShape } from "./shape.js";

/** Element types of a tensor. */
export type DType = "float32" | "int32";

interface TypedData {
  readonly float32: Float32Array;
  readonly int32: Int32Array;
}

/** A dense, row-major array in the caller's memory. */
export interface TensorOf<D extends DType> {
  readonly dtype: D;
  readonly shape: ConcreteShape;
  readonly data: TypedData[D];
}

/** Network values are `float32`; `int32` is for labels and indices only. */
export type Tensor = { [D in DType]: TensorOf<D> }[DType];

/** Named tensors: parameters, feeds and results alike. */
export type Tensors = Readonly<Record<string, Tensor>>;

/**
 * The own property of an object under a name, or `undefined`. Objects inherit values under names such as `constructor`.
 */
export function ownValue<V>(named: Readonly<Record<string, V>>, name: string): V | undefined {
  return Object.hasOwn(named, name) ? named[name] : undefined;
}

/**
 * A float32 tensor over `data` (not copied), or of zeros.
 *
 * @throws IsoconvError `INVALID_SHAPE` when an extent is not a non-negative integer or `data` has another length.
 */
export function float32(shape: ConcreteShape, data?: Float32Array | readonly number[]): TensorOf<"float32"> {
  const count = checkedCount(shape);
  const values =
    data === undefined
      ? new Float32Array(count)
      : isFloat32Array(data)
        ? ownFloat32Array(data)
        : Float32Array.from(data);
  if (values.length !== count) {
    throw new IsoconvError("INVALID_SHAPE", {
      what: "the data does not fill the shape",
      expected: `${count} elements for ${formatShape(shape)}`,
      received: values.length,
    });
  }
  return { dtype: "float32", shape: [...shape], data: values };
}

/** A float32 tensor over an array of this realm, with the same elements in memory. */
export function ownTensor<T extends Tensor>(tensor: T): T {
  return isFloat32Array(tensor.data) ? { ...tensor, data: ownFloat32Array(tensor.data) } : tensor;
}

function checkedCount(shape: ConcreteShape): number {
  if (!Array.isArray(shape)) {
    throw new IsoconvError("INVALID_SHAPE", {
      what: "not a shape",
      path: "shape",
      expected: "a list of extents",
      received: shape,
    });
  }
  for (const [axis, extent] of shape.entries()) {
    if (!Number.isSafeInteger(extent) || extent < 0) {
      throw new IsoconvError("INVALID_SHAPE", {
        what: "an extent is not a count",
        path: `shape[${axis}]`,
        expected: "an integer ≥ 0",
        received: extent,
      });
    }
  }
  const count = elementCount(shape);
  if (count <= MOST_ELEMENTS) return count;
  throw new IsoconvError("INVALID_SHAPE", {
    what: "tensor too large",
    path: "shape",
    expected: `at most ${MOST_ELEMENTS} elements`,
    received: formatShape(shape),
  });
}
