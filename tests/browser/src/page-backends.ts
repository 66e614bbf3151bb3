import type { PageBackend } from "@isoconv/conformance/browser";

/** The backends that run in a page, each imported when it is asked for. */
export const available: readonly PageBackend[] = [
  { id: "reference", create: async () => (await import("@isoconv/backend-reference")).createBackend() },
  { id: "tfjs-cpu", create: async () => (await import("@isoconv/backend-tfjs/cpu")).createBackend() },
  {
    id: "tfjs-wasm",
    create: async () => (await import("@isoconv/backend-tfjs/wasm")).createBackend({ wasmPaths: "/tfjs-wasm/" }),
  },
  {
    id: "tfjs-webgl",
    create: async () => (await import("@isoconv/backend-tfjs/webgl")).createBackend({ software: true }),
  },
  { id: "tfjs-webgpu", create: async () => (await import("@isoconv/backend-tfjs/webgpu")).createBackend() },
  { id: "onnx-wasm", create: async () => (await import("@isoconv/backend-onnx/wasm")).createBackend() },
  { id: "onnx-webgpu", create: async () => (await import("@isoconv/backend-onnx/webgpu")).createBackend() },
];
