import type { Expectation } from "../run/expectation.js";
import { expectations as onnxCuda } from "./onnx-cuda.js";
import { expectations as onnxNode } from "./onnx-node.js";
import { expectations as onnxNodeWebGpu } from "./onnx-node-webgpu.js";
import { expectations as onnxWasm } from "./onnx-wasm.js";
import { expectations as onnxWebGpu } from "./onnx-webgpu.js";
import { expectations as reference } from "./reference.js";
import { expectations as tfjsCpu } from "./tfjs-cpu.js";
import { expectations as tfjsWasm } from "./tfjs-wasm.js";

const TABLE: ReadonlyMap<string, readonly Expectation[]> = new Map([
  ["reference", reference],
  ["onnx-node", onnxNode],
  ["onnx-wasm", onnxWasm],
  ["onnx-webgpu", onnxWebGpu],
  ["onnx-node-webgpu", onnxNodeWebGpu],
  ["onnx-cuda", onnxCuda],
  ["tfjs-cpu", tfjsCpu],
  ["tfjs-wasm", tfjsWasm],
]);

/** What is known of the backend of that id; nothing of those that do not come with isoconv. */
export function bundledExpectations(id: string): readonly Expectation[] {
  return TABLE.get(id) ?? [];
}
