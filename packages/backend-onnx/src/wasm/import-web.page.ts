import type { LoadOrt } from "../runtime/ort.js";

/** The build for pages, half the size of the package's main one: see `import-web.node.ts`. */
export const importWeb: LoadOrt = () => import("onnxruntime-web/wasm");
