import { float32, IsoconvError, type ConcreteShape, type TensorOf } from "@isoconv/core-spec";
import type { StoredDType } from "./dtype.js";
import { decodeBFloat16, decodeFloat16 } from "./half.js";
import { invalid, tensorPath } from "./invalid.js";
import { viewAs } from "./view-as.js";

/**
 * One tensor of a file. Nothing is decoded in advance or cached: each call decodes again.
 *
 * A view shares the file's memory. Data that do not start at a multiple of their element size in that memory are copied
 * instead, because JavaScript has no unaligned typed arrays; files by `writeSafetensors` and by the official library
 * are aligned whenever the file's bytes start at a multiple of 8.
 */
export interface StoredTensor {
  readonly name: string;
  readonly dtype: StoredDType;
  readonly shape: ConcreteShape;
  readonly byteLength: number;
  /** The little-endian bytes: a view of the file's, unless the tensor was derived from one of the file. */
  bytes(): Uint8Array;
  /**
   * A view of `F32`; `F16` and `BF16` are converted exactly, `F64` is rounded to the nearest (∞ beyond float32's
   * range).
   *
   * @throws IsoconvError `INVALID_DTYPE` for any other dtype
   */
  toFloat32(): TensorOf<"float32">;
  /**
   * A view of `I32`; other integer dtypes are converted by value.
   *
   * @throws IsoconvError `INVALID_DTYPE` for any other dtype, `INVALID_WEIGHTS` for a value beyond int32
   */
  toInt32(): TensorOf<"int32">;
  /**
   * A view of `F64`; `F32`, `F16` and `BF16` are converted exactly. In row-major order.
   *
   * @throws IsoconvError `INVALID_DTYPE` for any other dtype
   */
  toFloat64(): Float64Array;
}

/** A tensor over `bytes`, whose number must match `dtype` and `shape`. */
export function storedTensor(name: string, dtype: StoredDType, shape: ConcreteShape, bytes: Uint8Array): StoredTensor {
  return derivedTensor({ name, dtype, shape, byteLength: bytes.byteLength }, () => bytes.subarray());
}

/**
 * A tensor whose bytes are computed each time they are asked for.
 *
 * @param bytes gives as many as `dtype` and `shape` take
 */
export function derivedTensor(
  { name, dtype, shape, byteLength }: Pick<StoredTensor, "name" | "dtype" | "shape" | "byteLength">,
  bytes: () => Uint8Array,
): StoredTensor {
  return Object.freeze({
    name,
    dtype,
    shape,
    byteLength,
    bytes,
    toFloat32: () => float32(shape, decodeFloat32(name, dtype, bytes())),
    toInt32: () => ({ dtype: "int32", shape: [...shape], data: decodeInt32(name, dtype, bytes()) }) as const,
    toFloat64: () => decodeFloat64(name, dtype, bytes()),
  });
}

/** Whether `toFloat32` and `toFloat64` can decode a dtype. */
export function isDecodableFloat(dtype: StoredDType): boolean {
  return dtype === "F32" || dtype === "F64" || dtype === "F16" || dtype === "BF16";
}

function decodeFloat32(name: string, dtype: StoredDType, bytes: Uint8Array): Float32Array {
  switch (dtype) {
    case "F32":
      return viewAs(Float32Array, bytes);
    case "F64":
      return new Float32Array(viewAs(Float64Array, bytes));
    case "F16":
      return decodeFloat16(viewAs(Uint16Array, bytes));
    case "BF16":
      return decodeBFloat16(viewAs(Uint16Array, bytes));
    default:
      throw wrongDType(name, dtype, "F32, F64, F16 or BF16");
  }
}

function decodeFloat64(name: string, dtype: StoredDType, bytes: Uint8Array): Float64Array {
  return dtype === "F64" ? viewAs(Float64Array, bytes) : new Float64Array(decodeFloat32(name, dtype, bytes));
}

function decodeInt32(name: string, dtype: StoredDType, bytes: Uint8Array): Int32Array {
  switch (dtype) {
    case "I32":
      return viewAs(Int32Array, bytes);
    case "I8":
      return new Int32Array(viewAs(Int8Array, bytes));
    case "U8":
      return new Int32Array(bytes);
    case "I16":
      return new Int32Array(viewAs(Int16Array, bytes));
    case "U16":
      return new Int32Array(viewAs(Uint16Array, bytes));
    case "U32":
      return narrow(name, viewAs(Uint32Array, bytes));
    case "I64":
      return narrow(name, viewAs(BigInt64Array, bytes));
    case "U64":
      return narrow(name, viewAs(BigUint64Array, bytes));
    default:
      throw wrongDType(name, dtype, "an integer dtype");
  }
}

function narrow(name: string, values: Uint32Array | BigInt64Array | BigUint64Array): Int32Array {
  const narrowed = new Int32Array(values.length);
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? 0;
    if (value > 0x7fffffff || value < -0x80000000) {
      throw invalid(`${tensorPath(name)}.data[${index}]`, "value out of range", {
        expected: "an int32",
        received: value,
      });
    }
    narrowed[index] = Number(value);
  }
  return narrowed;
}

function wrongDType(name: string, dtype: StoredDType, expected: string): IsoconvError {
  return new IsoconvError("INVALID_DTYPE", {
    path: `${tensorPath(name)}.dtype`,
    what: "no such conversion",
    expected,
    received: dtype,
    hint: "Decode its bytes() yourself",
  });
}
