import { exclusive } from "./exclusive.js";
import type { LoadOrt } from "./ort.js";

/**
 * The build on Dawn's interface, with WebGPU and WebNN. The package's main entry holds the deprecated one, and is twice its
 * size.
 */
export const importGpuBuild: LoadOrt = () => import("#onnxruntime-web-gpu");

/** Its one WebAssembly module keeps its call stack across awaits, and waits for the GPU often: calls must not overlap. */
export const oneAtATime = exclusive();
