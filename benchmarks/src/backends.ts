import type { Backend } from "@isoconv/core-spec";

/** What may be said of a backend here; backends without threads take no notice. */
export interface OpenOptions {
  readonly threads?: number;
}

/** How to open each backend measured here. */
export const backends: Readonly<Record<string, (options?: OpenOptions) => Promise<Backend>>> = {
  reference: async () => (await import("@isoconv/backend-reference")).createBackend(),
  "onnx-node": async (options) => (await import("@isoconv/backend-onnx/node")).createBackend(options),
  "onnx-wasm": async (options) => (await import("@isoconv/backend-onnx/wasm")).createBackend(options),
  "tfjs-cpu": async () => (await import("@isoconv/backend-tfjs/cpu")).createBackend(),
  "tfjs-wasm": async (options) => (await import("@isoconv/backend-tfjs/wasm")).createBackend(options),
};
