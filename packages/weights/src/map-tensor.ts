import { elementCount } from "@isoconv/core-spec";
import { derivedTensor, type StoredTensor } from "./stored-tensor.js";

/**
 * A float32 tensor of the same shape, with `map` of each element. It is computed when it is read, which throws an
 * IsoconvError `INVALID_DTYPE` for a tensor that is not of floating-point numbers.
 */
export function mapTensor(tensor: StoredTensor, map: (value: number) => number): StoredTensor {
  const { name, shape } = tensor;
  return derivedTensor({ name, shape, dtype: "F32", byteLength: 4 * elementCount(shape) }, () => {
    const data = tensor.toFloat64().map(map);
    return new Uint8Array(Float32Array.from(data).buffer);
  });
}
