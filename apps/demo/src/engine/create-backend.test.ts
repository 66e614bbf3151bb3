import { beforeEach, expect, it, vi } from "vitest";
import { createBackend } from "./create-backend.js";

const created = vi.hoisted(() => vi.fn<(options?: object) => Promise<string>>(async () => "a backend"));

vi.mock("@isoconv/backends/page", () => {
  const load = async (): Promise<object> => ({ createBackend: created });
  return { modules: { "onnx-wasm": load, "onnx-webgpu": load, "tfjs-wasm": load, reference: load } };
});

beforeEach(() => void created.mockClear());

it("TensorFlow.js's files lie beside the page, and the bundler has placed ONNX Runtime's", async () => {
  await createBackend("tfjs-wasm", "https://a.example/demo/");
  await createBackend("onnx-wasm", "https://a.example/demo/");
  expect(created.mock.calls).toEqual([[{ wasmPaths: "https://a.example/demo/tfjs-wasm/" }], [{}]]);
});

it.each(["tfjs-wasm", "onnx-wasm", "onnx-webgpu"] as const)("a configured folder is that of %s", async (id) => {
  await createBackend(id, "https://a.example/demo/", "../wasm/");
  await createBackend(id, "https://a.example/demo/", "https://cdn.example/wasm/");
  expect(created.mock.calls).toEqual([
    [{ wasmPaths: "https://a.example/wasm/" }],
    [{ wasmPaths: "https://cdn.example/wasm/" }],
  ]);
});
