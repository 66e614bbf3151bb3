import { backendsOn, needsHardware, type BackendIdOn } from "@isoconv/backends";
import { modules } from "@isoconv/backends/page";
import type { PageBackend } from "@isoconv/conformance/browser";
import type { Backend } from "@isoconv/core-spec";

/** The backends that can be imported in a page, each when it is asked for. */
export const pageBackends: readonly PageBackend[] = backendsOn("page").map(({ id }) => ({
  id,
  create: () => create(id),
}));

/** Those that run on a processor that plays the GPU. */
export const withoutHardware = pageBackends.filter(({ id }) =>
  backendsOn("page").some((row) => row.id === id && !needsHardware(row)),
);

/** With what this site adds: the folder of TensorFlow.js's WebAssembly, and leave to do without a GPU. */
async function create(id: BackendIdOn<"page">): Promise<Backend> {
  if (id === "tfjs-wasm") return (await modules[id]()).createBackend({ wasmPaths: "/tfjs-wasm/" });
  if (id === "tfjs-webgl") return (await modules[id]()).createBackend({ software: true });
  return (await modules[id]()).createBackend();
}
