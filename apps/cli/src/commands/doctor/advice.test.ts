import { expect, it } from "vitest";
import { adviceFor } from "./advice.js";
import type { Found } from "./diagnosis.js";

const absent = (backend: string, reason: string, cause: string | null = null) =>
  ({ backend, available: false, reason, cause }) as const;
const working = (backend: string, agrees = true) => ({
  ...({ backend, available: true, device: "cpu", startMilliseconds: 1, arithmetic: "f32" } as const),
  runtime: { name: "r", version: "1" },
  threads: { asked: null, reported: 1, used: 1 },
  probes: [{ probe: "arithmetic", declared: "f32", measured: "f32", agrees }],
});
/** An NVIDIA driver without CUDA's libraries, no Vulkan, and a TensorFlow binding without its library. */
const found = (...backends: Found["backends"]): Found => ({
  machine: { cpu: "c", cores: 1, platform: "linux", node: "20" },
  wasm: { available: true, simd: true, relaxedSimd: true, threads: true },
  backends,
  webgpu: { available: false, reason: "no adapter" },
  vulkan: { loader: [{ library: "libvulkan.so.1", found: false, reason: "not found" }], override: null, drivers: [] },
  cuda: {
    driver: "550",
    users: [
      { backend: "onnx-cuda", needs: "CUDA 12", libraries: [{ library: "libx.so.12", found: false, reason: "" }] },
      { backend: "tfjs-cuda", needs: "CUDA 11", libraries: [{ library: "libx.so.11", found: false, reason: "" }] },
    ],
    provider: "provider.so",
  },
  tfjsNode: [
    { package: "tfjs-node", backend: "tfjs-node", installed: true, binding: "b.node", library: null },
    { package: "tfjs-node-gpu", backend: "tfjs-cuda", installed: false, binding: null, library: null },
  ],
});

it("gives no advice if all requested backends run", () => {
  expect(adviceFor(found(working("tfjs-node")), ["tfjs-node"])).toEqual({ advice: [], notHere: [] });
  expect(adviceFor(found(working("x", false)), []).advice).toEqual([
    "x is not what it declares: run isoconv conformance --backend x",
  ]);
});

it("gives advice for a requested backend that is unavailable, and for no other", () => {
  const { advice, notHere } = adviceFor(found(absent("onnx-cuda", "no CUDA", "libx")), ["onnx-cuda"]);
  expect(advice).toEqual([
    "onnx-cuda: no CUDA (libx)",
    expect.stringMatching(/^onnx-cuda needs CUDA 12; .*libx\.so\.12:/),
  ]);
  expect(notHere).toEqual([]);
  expect(adviceFor(found(absent("tfjs-node", "does not load")), ["tfjs-node"]).advice).toEqual([
    "tfjs-node: does not load",
    expect.stringContaining("npm rebuild tfjs-node"),
  ]);
  expect(adviceFor(found(absent("./own.js", "no")), ["./own.js"]).advice).toEqual(["./own.js: no"]);
});

it("lists what backends need that were not requested, without advice", () => {
  const { advice, notHere } = adviceFor(
    found(absent("tfjs-cuda", "not installed. Run: npm install"), working("y")),
    [],
  );
  expect(advice).toEqual([]);
  expect(notHere).toEqual([
    "tfjs-cuda: not installed. Run: npm install",
    expect.stringMatching(/^tfjs-cuda needs CUDA 11/),
  ]);
  const crashed = { ...absent("z", "it crashed (SIGSEGV)"), crashed: true, cause: null } as const;
  expect(adviceFor(found(crashed), []).advice).toEqual(["z: it crashed (SIGSEGV)"]);
});

it.runIf(process.platform === "linux")("lists the needs of two WebGPU backends once", () => {
  const both = [absent("onnx-node-webgpu", "no GPU"), absent("tfjs-webgpu", "no GPU")];
  expect(adviceFor(found(...both), []).notHere).toHaveLength(4);
});
