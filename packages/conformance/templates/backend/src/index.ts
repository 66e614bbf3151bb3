import { fromKernels, type Availability, type Backend } from "@isoconv/core-spec";
import { createStore } from "./tensor-store.js";
import { table } from "./table.js";
import type { Value } from "./value.js";

export { expectations } from "./expectations.js";

/** Makes the backend. Load your runtime in here, not when the module is imported. */
export async function createBackend(): Promise<Backend> {
  return fromKernels<Value>({
    id: "my-backend",
    capabilities: {
      runtime: { name: "plain JavaScript", version: "0.1.0" },
      device: "cpu",
      threads: 1,
      arithmetic: "f32",
      convAlgorithm: "direct",
      nonFinite: "ieee",
      subnormals: "kept",
    },
    table,
    store: createStore(),
  });
}

/** Whether it can run here; if not, the reason says what is missing and what to do about it. */
export async function isAvailable(): Promise<Availability> {
  return { available: true };
}
