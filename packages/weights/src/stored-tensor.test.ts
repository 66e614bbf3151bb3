import { describe, expect, it } from "vitest";
import type { StoredDType } from "./dtype.js";
import { errorOf } from "./raw-file.test.support.js";
import { storedTensor } from "./stored-tensor.js";

function stored(dtype: StoredDType, data: ArrayBufferView, shape?: readonly number[]): ReturnType<typeof storedTensor> {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const size =
    { F64: 8, I64: 8, U64: 8, F32: 4, I32: 4, U32: 4, F16: 2, BF16: 2, I16: 2, U16: 2 }[dtype as string] ?? 1;
  return storedTensor("t", dtype, shape ?? [bytes.byteLength / size], bytes);
}

/** The same bytes at an unaligned offset. */
function misaligned(data: ArrayBufferView): Uint8Array {
  const shifted = new Uint8Array(data.byteLength + 1).subarray(1);
  shifted.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return shifted;
}

describe("toFloat32", () => {
  const values = Float32Array.of(1.5, -0, NaN, Infinity, 1e-45, 3.4e38);

  it("views F32 in place", () => {
    const tensor = stored("F32", values, [2, 3]).toFloat32();
    expect(tensor).toEqual({ dtype: "float32", shape: [2, 3], data: values });
    expect(tensor.data.buffer).toBe(values.buffer);
  });

  it("copies misaligned F32 at every call", () => {
    const tensor = stored("F32", misaligned(values));
    expect(tensor.toFloat32().data).toEqual(values);
    expect(tensor.toFloat32().data).not.toBe(tensor.toFloat32().data);
  });

  it("copies misaligned memory even if the class's slice does not copy", () => {
    const buffer = Buffer.alloc(values.byteLength + 1).subarray(1);
    buffer.set(new Uint8Array(values.buffer));
    expect(stored("F32", misaligned(buffer)).toFloat32().data).toEqual(values);
  });

  it("rounds F64 to nearest, ties to even, beyond the range to infinity", () => {
    const wide = Float64Array.of(0.1, 1 + 2 ** -24, 1 + 3 * 2 ** -24, 1e300, -1e300, 2 ** -150, -(2 ** -150), NaN);
    const narrow = [Math.fround(0.1), 1, 1 + 2 ** -22, Infinity, -Infinity, 0, -0, NaN];
    expect([...stored("F64", wide).toFloat32().data]).toEqual(narrow);
    expect([...stored("F64", misaligned(wide)).toFloat32().data]).toEqual(narrow);
  });

  it("decodes F16 and BF16", () => {
    const half = Uint16Array.of(0x3c00, 0xc000, 0x0001, 0x7c00);
    expect([...stored("F16", half).toFloat32().data]).toEqual([1, -2, 2 ** -24, Infinity]);
    expect([...stored("F16", misaligned(half)).toFloat32().data]).toEqual([1, -2, 2 ** -24, Infinity]);
    expect([...stored("BF16", Uint16Array.of(0x3f80, 0xff80)).toFloat32().data]).toEqual([1, -Infinity]);
  });

  it("does not share the caller's shape array", () => {
    const tensor = stored("F32", values);
    expect(tensor.toFloat32().shape).not.toBe(tensor.shape);
  });

  it.each<StoredDType>(["I32", "BOOL", "F8_E4M3", "C64"])("refuses %s", (dtype) => {
    const error = errorOf(() => stored(dtype, values).toFloat32());
    expect(error.code).toBe("INVALID_DTYPE");
    expect(error.path).toBe('header["t"].dtype');
  });
});

describe("toFloat64", () => {
  it("views F64 in place and widens the others", () => {
    const wide = Float64Array.of(0.1, -0);
    expect(stored("F64", wide).toFloat64().buffer).toBe(wide.buffer);
    expect([...stored("F32", Float32Array.of(0.1)).toFloat64()]).toEqual([Math.fround(0.1)]);
    expect([...stored("F16", Uint16Array.of(0x8001)).toFloat64()]).toEqual([-(2 ** -24)]);
    expect(errorOf(() => stored("I64", wide).toFloat64()).code).toBe("INVALID_DTYPE");
  });
});

describe("toInt32", () => {
  it("views I32 in place", () => {
    const values = Int32Array.of(-1, 2 ** 31 - 1);
    const tensor = stored("I32", values).toInt32();
    expect(tensor).toEqual({ dtype: "int32", shape: [2], data: values });
    expect(tensor.data.buffer).toBe(values.buffer);
  });

  it.each<[StoredDType, ArrayBufferView, number[]]>([
    ["I8", Int8Array.of(-128, 127), [-128, 127]],
    ["U8", Uint8Array.of(0, 255), [0, 255]],
    ["I16", Int16Array.of(-32768, 32767), [-32768, 32767]],
    ["U16", Uint16Array.of(0, 65535), [0, 65535]],
    ["U32", Uint32Array.of(0, 2 ** 31 - 1), [0, 2 ** 31 - 1]],
    ["I64", BigInt64Array.of(-(2n ** 31n), 2n ** 31n - 1n), [-(2 ** 31), 2 ** 31 - 1]],
    ["U64", BigUint64Array.of(0n, 2n ** 31n - 1n), [0, 2 ** 31 - 1]],
  ])("converts %s by value", (dtype, data, expected) => {
    expect([...stored(dtype, data).toInt32().data]).toEqual(expected);
    expect([...stored(dtype, misaligned(data)).toInt32().data]).toEqual(expected);
  });

  it.each<[StoredDType, ArrayBufferView]>([
    ["U32", Uint32Array.of(0, 2 ** 31)],
    ["I64", BigInt64Array.of(0n, -(2n ** 31n) - 1n)],
    ["U64", BigUint64Array.of(0n, 2n ** 64n - 1n)],
  ])("refuses %s beyond the range", (dtype, data) => {
    const error = errorOf(() => stored(dtype, data).toInt32());
    expect(error.code).toBe("INVALID_WEIGHTS");
    expect(error.path).toBe('header["t"].data[1]');
  });

  it("refuses floats and booleans", () => {
    for (const dtype of ["F32", "BOOL"] as const) {
      expect(errorOf(() => stored(dtype, new Uint8Array(4)).toInt32()).code).toBe("INVALID_DTYPE");
    }
  });
});
