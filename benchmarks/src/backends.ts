import { backendsOn, runsAnywhere } from "@isoconv/backends";
import { modules } from "@isoconv/backends/node";
import type { Backend, BackendOptions } from "@isoconv/core-spec";

/** How to open each backend measured here. */
export const backends: Readonly<Record<string, (options?: BackendOptions) => Promise<Backend>>> = Object.fromEntries(
  backendsOn("node")
    .filter(runsAnywhere)
    .map(({ id }) => [id, async (options?: BackendOptions) => (await modules[id]()).createBackend(options)]),
);
