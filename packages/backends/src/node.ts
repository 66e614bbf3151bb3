// Written from table.ts by `npm run docs -w packages/backends`. Do not edit.
import type { LoadBackend } from "@isoconv/core-spec";
import type { BackendIdOn } from "./table.js";

/** Imports each backend that Node can have, when it is asked for. */
export const modules = {
  reference: () => import("@isoconv/backend-reference"),
  "onnx-node": () => import("@isoconv/backend-onnx/node"),
  "onnx-wasm": () => import("@isoconv/backend-onnx/wasm"),
  "onnx-node-webgpu": () => import("@isoconv/backend-onnx/node-webgpu"),
  "onnx-cuda": () => import("@isoconv/backend-onnx/cuda"),
  "tfjs-cpu": () => import("@isoconv/backend-tfjs/cpu"),
  "tfjs-wasm": () => import("@isoconv/backend-tfjs/wasm"),
  "tfjs-webgpu": () => import("@isoconv/backend-tfjs/webgpu"),
  "tfjs-node": () => import("@isoconv/backend-tfjs/node"),
  "tfjs-cuda": () => import("@isoconv/backend-tfjs/cuda"),
} satisfies Readonly<Record<BackendIdOn<"node">, LoadBackend>>;
