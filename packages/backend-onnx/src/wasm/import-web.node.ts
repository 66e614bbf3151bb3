import type { LoadOrt } from "../runtime/ort.js";

/**
 * The build for Node: the other one cannot start threads there. The `imports` of package.json choose between the two files,
 * so that a bundler includes one build; each names its package, so that a bundler can leave it out.
 */
export const importWeb: LoadOrt = () => import("onnxruntime-web");
