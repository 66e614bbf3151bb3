import { float32, type TensorStore } from "@isoconv/core-spec";
import type { HostArray } from "./host-array.js";

/** A store in the host's memory that counts what is uploaded and produced until it is released. */
export interface HostMemory extends TensorStore<HostArray> {
  /** Counts a value that a kernel made. */
  enter(value: HostArray): HostArray;
}

export function hostMemory(): HostMemory {
  const live = new Set<HostArray>();
  const enter = (value: HostArray): HostArray => {
    live.add(value);
    return value;
  };
  return {
    enter,
    upload: ({ shape, data }) => enter({ shape, data: data.slice() }),
    download: async ({ data }, shape) => float32(shape, data.slice()),
    release: (value) => void live.delete(value),
    memory: () => ({
      buffers: live.size,
      bytes: [...live].reduce((sum, { data }) => sum + data.byteLength, 0),
    }),
  };
}
