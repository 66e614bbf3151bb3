import type { Backend } from "@isoconv/core-spec";
import { expect, test } from "vitest";
import { createBackend as createCpu } from "./cpu/index.js";
import { createBackend as createCuda } from "./cuda/index.js";
import { createBackend as createWasm } from "./wasm/index.js";
import { createBackend as createWebgl, isAvailable as isWebglAvailable } from "./webgl/index.js";
import { createBackend as createWebgpu } from "./webgpu/index.js";

/** Options are checked before a runtime is looked for. */
test.each<[(options: never) => Promise<Backend>, object, string]>([
  [createWebgl, { software: "yes" }, "options.software"],
  [createWebgpu, { powerPreference: "high" }, "options.powerPreference"],
  [createWasm, { wasmPaths: { simd: "a.wasm" } }, "options.wasmPaths"],
  [createWasm, { wasmPaths: "/wasm" }, "options.wasmPaths"],
  [createCpu, { startTimeout: 0 }, "options.startTimeout"],
  [createCuda, { arithmetic: "fp16" }, "options.arithmetic"],
])("%o refuses %j", async (create, options, path) => {
  await expect(create(options as never)).rejects.toMatchObject({ code: "INVALID_ATTRIBUTE", path });
});

test("isAvailable refuses them too", async () => {
  await expect(isWebglAvailable({ softwares: true } as never)).rejects.toThrow(/Did you mean "software"\?$/);
});
