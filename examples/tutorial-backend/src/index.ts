import { fromKernels, type Availability, type Backend, type TensorStore } from "@isoconv/core-spec";
import { table } from "./table.js";
import { value, type Value } from "./value.js";

/** A backend in plain loops. */
export async function createBackend(): Promise<Backend> {
  return fromKernels<Value>({
    id: "tutorial",
    capabilities: {
      runtime: { name: "plain loops", version: "0.1.0" },
      device: "cpu",
      threads: 1,
      arithmetic: "f32",
      convAlgorithm: "direct",
      nonFinite: "ieee",
      subnormals: "kept",
    },
    table,
    store: memoryStore(),
  });
}

/** Plain loops run everywhere, so the backend is always available. */
export async function isAvailable(): Promise<Availability> {
  return { available: true };
}

function memoryStore(): TensorStore<Value> {
  // What a kernel makes the garbage collector takes; what is uploaded is kept until it is released.
  const kept = new Set<Value>();
  return {
    upload(tensor) {
      const uploaded = value(tensor.shape, tensor.data.slice());
      kept.add(uploaded);
      return uploaded;
    },
    download: async ({ data }, shape) => ({ dtype: "float32", shape, data: data.slice() }),
    release: (released) => void kept.delete(released),
    memory: () => ({ buffers: kept.size, bytes: [...kept].reduce((sum, { data }) => sum + data.byteLength, 0) }),
  };
}
