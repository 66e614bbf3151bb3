import type { Backend } from "@isoconv/core-spec";

/** How to open each backend measured here. */
export const backends: Readonly<Record<string, () => Promise<Backend>>> = {
  reference: async () => (await import("@isoconv/backend-reference")).createBackend(),
  "onnx-node": async () => (await import("@isoconv/backend-onnx/node")).createBackend(),
  "onnx-wasm": async () => (await import("@isoconv/backend-onnx/wasm")).createBackend(),
  "tfjs-cpu": async () => (await import("@isoconv/backend-tfjs/cpu")).createBackend(),
  "tfjs-wasm": async () => (await import("@isoconv/backend-tfjs/wasm")).createBackend(),
};
