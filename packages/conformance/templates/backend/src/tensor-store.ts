import type { TensorStore } from "@isoconv/core-spec";
import type { Value } from "./value.js";

/** Takes tensors in and gives them out. Arrays are copied both ways: feeds and results belong to the caller. */
export function createStore(): TensorStore<Value> {
  const uploaded = new Set<Value>();
  return {
    upload({ shape, data }) {
      const value = { shape, data: data.slice() };
      uploaded.add(value);
      return value;
    },
    async download({ data }, shape) {
      return { dtype: "float32", shape, data: data.slice() };
    },
    release(value) {
      uploaded.delete(value);
    },
    memory: () => ({
      buffers: uploaded.size,
      bytes: [...uploaded].reduce((sum, { data }) => sum + data.byteLength, 0),
    }),
  };
}
