import type { Backend } from "@isoconv/core-spec";

/** The backends that run in Node without a GPU, by id. */
export const nodeBackends: Readonly<Record<string, () => Promise<{ createBackend: () => Promise<Backend> }>>> = {
  reference: () => import("@isoconv/backend-reference"),
  "onnx-node": () => import("@isoconv/backend-onnx/node"),
  "onnx-wasm": () => import("@isoconv/backend-onnx/wasm"),
  "tfjs-cpu": () => import("@isoconv/backend-tfjs/cpu"),
  "tfjs-wasm": () => import("@isoconv/backend-tfjs/wasm"),
};
