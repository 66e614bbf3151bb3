import type { Expectation } from "../run/expectation.js";
import { expectations as onnxNode } from "./onnx-node.js";
import { expectations as onnxWasm } from "./onnx-wasm.js";
import { expectations as reference } from "./reference.js";
import { expectations as tfjsCpu } from "./tfjs-cpu.js";
import { expectations as tfjsWasm } from "./tfjs-wasm.js";

const TABLE: ReadonlyMap<string, readonly Expectation[]> = new Map([
  ["reference", reference],
  ["onnx-node", onnxNode],
  ["onnx-wasm", onnxWasm],
  ["tfjs-cpu", tfjsCpu],
  ["tfjs-wasm", tfjsWasm],
]);

/** What is known of the backend of that id; nothing of those that do not come with isoconv. */
export function bundledExpectations(id: string): readonly Expectation[] {
  return TABLE.get(id) ?? [];
}
