import { describe, expect, test, vi } from "vitest";
import { availabilityOf, checkOptions } from "@isoconv/core-spec";
import { loadNode, openNode } from "../node/open-node.js";
import { openCuda } from "../cuda/open-cuda.js";
import { openNodeWebGpu } from "../node-webgpu/open-node-webgpu.js";
import { ONNX_WEB_OPTIONS } from "./options.js";
import type { LoadOrt, Ort } from "./ort.js";
import { loadWasm, openWasm } from "../wasm/open-wasm.js";

const failing =
  (message: string, code?: string): LoadOrt =>
  () =>
    Promise.reject(Object.assign(new Error(message), { code }));

const absent = (name: string): LoadOrt =>
  failing(
    `Cannot find package '${name}' imported from /app/node_modules/@isoconv/backend-onnx/dist/x.js`,
    "ERR_MODULE_NOT_FOUND",
  );

describe("a runtime that is not installed", () => {
  test.for([
    [openNode, "onnxruntime-node"],
    [openWasm, "onnxruntime-web"],
  ] as const)("is an error that says what to install", async ([open, name]) => {
    await expect(open({}, absent(name))).rejects.toMatchObject({
      code: "BACKEND_UNAVAILABLE",
      message: `BACKEND_UNAVAILABLE: ${name} is not installed. Run npm install ${name}@1.30.0`,
      cause: { code: "ERR_MODULE_NOT_FOUND" },
    });
  });

  test("is recognised behind a bundler", async () => {
    const load = failing(
      `Could not resolve "onnxruntime-web/wasm" imported by "@isoconv/backend-onnx". Is it installed?`,
    );
    await expect(loadWasm(load)).rejects.toThrow("onnxruntime-web is not installed");
  });

  test("makes the backend unavailable", async () => {
    expect(await availabilityOf(() => loadNode(absent("onnxruntime-node")))).toEqual({
      available: false,
      reason: expect.stringContaining("npm install onnxruntime-node@1.30.0") as string,
    });
  });
});

test("a runtime that does not load gives the reason", async () => {
  const load = failing("libonnxruntime.so.1: cannot open shared object file", "ERR_DLOPEN_FAILED");
  await expect(loadNode(load)).rejects.toThrow(
    "BACKEND_UNAVAILABLE: onnxruntime-node cannot be used here: libonnxruntime.so.1: cannot open shared object file. Reinstall it",
  );
});

describe("a runtime that never starts", () => {
  const never = (): Promise<never> => new Promise(() => {});

  test("is given up while its package is imported", async () => {
    for (const open of [openNode, openWasm, openNodeWebGpu]) {
      await expect(open({ startTimeout: 40 }, never)).rejects.toThrow(
        /^BACKEND_UNAVAILABLE: the import of onnxruntime-(web|node) did not start: nothing happened for 0\.04 s/,
      );
    }
  });

  test("is given up while its first session is created, and the next backend gets its turn", async () => {
    const { InferenceSession, Tensor, env } = await import("onnxruntime-common");
    const hanging = { env: { ...env, wasm: {} }, Tensor, InferenceSession: { ...InferenceSession, create: never } };
    const load = async (): Promise<Ort> => hanging;
    for (const open of [openWasm, openWasm, openNodeWebGpu]) {
      await expect(open({ startTimeout: 40 }, load)).rejects.toMatchObject({
        code: "BACKEND_UNAVAILABLE",
        message: expect.stringMatching(/onnxruntime-(web|node) did not start: nothing happened for 0\.04 s/) as string,
      });
    }
  });
});

test("a server that never answers is given up too", async () => {
  vi.stubGlobal("fetch", () => new Promise(() => {}));
  const { InferenceSession, Tensor, env } = await import("onnxruntime-common");
  const create = async (): Promise<never> => {
    await fetch("/ort-wasm-simd-threaded.wasm");
    throw new Error("unreachable");
  };
  const hanging = { env: { ...env, wasm: {} }, Tensor, InferenceSession: { ...InferenceSession, create } };
  const start = openWasm({ startTimeout: 40 }, async () => hanging);
  await expect(start).rejects.toThrow(/nothing happened for 0\.04 s, after 0 bytes of \/ort-wasm-simd-threaded\.wasm/);
  vi.unstubAllGlobals();
});

describe("options", () => {
  test.for([undefined, "wasm/", "https://cdn.example/wasm/"])("take %s as wasmPaths", (wasmPaths) => {
    expect(() => checkOptions({ wasmPaths }, ONNX_WEB_OPTIONS)).not.toThrow();
  });

  test.for(["/wasm", 1, {}])("refuse %o as wasmPaths", async (wasmPaths) => {
    await expect(openWasm({ wasmPaths: wasmPaths as string })).rejects.toMatchObject({
      code: "INVALID_ATTRIBUTE",
      path: "options.wasmPaths",
    });
  });

  test.for([0, 1.5, -1, 2048, "2"])("refuse %s threads", async (threads) => {
    await expect(openNode({ threads: threads as number })).rejects.toMatchObject({
      code: "INVALID_ATTRIBUTE",
      path: "options.threads",
    });
  });

  test.for([
    ["null", null],
    ["a string", "all"],
    ["a number", 2],
    ["a list", []],
  ])("refuse %s in their place", async ([, options]) => {
    for (const open of [openNode, openWasm]) {
      await expect(open(options as object)).rejects.toMatchObject({ code: "INVALID_ATTRIBUTE", path: "options" });
    }
  });

  test("refuse what CUDA cannot compute with", async () => {
    for (const [option, value] of [
      ["deviceId", -1],
      ["arithmetic", "fp16"],
    ] as const) {
      await expect(openCuda({ [option]: value })).rejects.toMatchObject({
        code: "INVALID_ATTRIBUTE",
        path: `options.${option}`,
      });
    }
  });

  test("refuse an unknown level", async () => {
    const options = { graphOptimizationLevel: "most" as "all" };
    await expect(openWasm(options)).rejects.toMatchObject({ code: "INVALID_ATTRIBUTE", received: "most" });
  });
});

test("the number of threads is the requested one, or else the number of cores", async () => {
  await using two = await openNode({ threads: 2 });
  await using all = await openNode({});
  expect(two.capabilities.threads).toBe(2);
  expect(all.capabilities.threads).toBeGreaterThanOrEqual(1);
});

test("a process has one number of wasm threads, set by its first backend", async () => {
  await using first = await openWasm({ threads: 2 });
  await using second = await openWasm({});
  expect([first.capabilities.threads, second.capabilities.threads]).toEqual([2, 2]);
  await expect(openWasm({ threads: 1 })).rejects.toMatchObject({
    code: "BACKEND_UNAVAILABLE",
    path: "options.threads",
    expected: "2",
    received: 1,
  });
});
