// Written from table.ts by `npm run docs -w packages/backends`. Do not edit.
import type { LoadBackend } from "@isoconv/core-spec";
import type { BackendIdOn } from "./table.js";

/** Imports each backend that a page can have, when it is asked for. */
export const modules = {
  reference: () => import("@isoconv/backend-reference"),
  "onnx-wasm": () => import("@isoconv/backend-onnx/wasm"),
  "onnx-webgpu": () => import("@isoconv/backend-onnx/webgpu"),
  "onnx-webnn": () => import("@isoconv/backend-onnx/webnn"),
  "tfjs-cpu": () => import("@isoconv/backend-tfjs/cpu"),
  "tfjs-wasm": () => import("@isoconv/backend-tfjs/wasm"),
  "tfjs-webgl": () => import("@isoconv/backend-tfjs/webgl"),
  "tfjs-webgpu": () => import("@isoconv/backend-tfjs/webgpu"),
} satisfies Readonly<Record<BackendIdOn<"page">, LoadBackend>>;
