import type { Backend } from "@isoconv/core-spec";

/** Backends that a browser may have, the oracle first. */
export const backendIds = [
  "reference",
  "onnx-wasm",
  "onnx-webgpu",
  "tfjs-cpu",
  "tfjs-wasm",
  "tfjs-webgl",
  "tfjs-webgpu",
] as const;
export type BackendId = (typeof backendIds)[number];

/** What is written in a program to have each. */
export const importOf: Readonly<Record<BackendId, string>> = {
  reference: "@isoconv/backend-reference",
  "onnx-wasm": "@isoconv/backend-onnx/wasm",
  "onnx-webgpu": "@isoconv/backend-onnx/webgpu",
  "tfjs-cpu": "@isoconv/backend-tfjs/cpu",
  "tfjs-wasm": "@isoconv/backend-tfjs/wasm",
  "tfjs-webgl": "@isoconv/backend-tfjs/webgl",
  "tfjs-webgpu": "@isoconv/backend-tfjs/webgpu",
};

/** Creates a backend; its runtime is fetched now and not before. In a worker only: runtimes keep their thread. */
export const creators: Readonly<Record<BackendId, (options: CreateOptions) => Promise<Backend>>> = {
  reference: async () => (await import("@isoconv/backend-reference")).createBackend(),
  "onnx-wasm": async () => (await import("@isoconv/backend-onnx/wasm")).createBackend(),
  "onnx-webgpu": async () => (await import("@isoconv/backend-onnx/webgpu")).createBackend(),
  "tfjs-cpu": async () => (await import("@isoconv/backend-tfjs/cpu")).createBackend(),
  "tfjs-wasm": async ({ base }) =>
    (await import("@isoconv/backend-tfjs/wasm")).createBackend({ wasmPaths: new URL("tfjs-wasm/", base).href }),
  // Without a GPU too: the page says what it runs on, and is for looking, not for speed.
  "tfjs-webgl": async () => (await import("@isoconv/backend-tfjs/webgl")).createBackend({ software: true }),
  "tfjs-webgpu": async () => (await import("@isoconv/backend-tfjs/webgpu")).createBackend(),
};

export interface CreateOptions {
  /** The page's address: files that are not bundled lie beside it. */
  readonly base: string;
}

export function isBackendId(text: string): text is BackendId {
  return (backendIds as readonly string[]).includes(text);
}

/** A backend as the address holds it. */
export function backendOf(text: string, otherwise: BackendId): BackendId {
  return isBackendId(text) ? text : otherwise;
}
