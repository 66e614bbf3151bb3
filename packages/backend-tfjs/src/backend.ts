import { fromKernels, type Backend, type Capabilities, type TensorStore } from "@isoconv/core-spec";
import { toPlain } from "./convert.js";
import { Device } from "./device.js";
import { asValue, type Packing } from "./packing.js";
import { planPackings } from "./plan.js";
import type { Runtime } from "./runtime.js";
import { kernelTable } from "./kernels/table.js";
import { activationOf, plain, type Value } from "./value.js";

export interface TfjsBackendOptions {
  readonly id: string;
  readonly capabilities: Omit<Capabilities, "ops">;
  readonly runtime: Runtime;
}

/** A backend over the kernels of one TensorFlow.js backend. */
export function tfjsBackend({ id, capabilities, runtime }: TfjsBackendOptions): Backend {
  const device = new Device(runtime);
  return fromKernels<Value>({ id, capabilities, table: kernelTable(device), store: tensorStore(device) });
}

function tensorStore(device: Device): TensorStore<Value> {
  const packings = new Map<string, Packing>();
  const { runtime } = device;
  return {
    layoutsFor(graph) {
      const packingOf = planPackings(graph);
      return (use) => {
        const packing = packingOf(use);
        packings.set(packing.key, packing);
        return packing.key;
      };
    },
    upload({ data, shape }, layout = asValue.key) {
      const packing = packings.get(layout) ?? asValue;
      return device.scope(() => packing.apply(device, device.upload(data, shape)));
    },
    async download(value, shape) {
      if (shape.includes(0)) return { dtype: "float32", shape, data: new Float32Array(0) };
      const ordered = device.scope(() => plain(toPlain(device, activationOf(value))));
      try {
        const [array] = activationOf(ordered).arrays;
        return { dtype: "float32", shape, data: await runtime.read(array.dataId) };
      } finally {
        device.release(ordered);
      }
    },
    release: (value) => device.release(value),
    begin: async () => runtime.begin?.(),
    settle: async () => runtime.settle?.(),
    memory: () => device.memory(),
    dispose: async () => runtime.close?.(),
  };
}
