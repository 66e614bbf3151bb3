import type { Attrs, Handler, Inputs, KernelSite, KernelTable, OpName } from "@isoconv/core-spec";
import { fromPlain } from "./convert.js";
import type { Device } from "./device.js";
import type { Value } from "./value.js";

/** The entries of some operations. */
export type Kernels<K extends OpName> = Pick<KernelTable<Value>, K>;

/** Runs a kernel in its own scope. Empty results are returned here, so kernels never receive one. */
export function kernel<K extends OpName>(
  device: Device,
  run: (inputs: Inputs<K, Value>, attrs: Attrs<K>, site: KernelSite) => Value,
): Handler<K, Value, KernelSite> {
  return (inputs, attrs, site) =>
    device.scope(() =>
      site.shape.includes(0)
        ? fromPlain(device, device.upload(new Float32Array(0), site.shape))
        : run(inputs, attrs, site),
    );
}
