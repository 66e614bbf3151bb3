import * as tf from "@tensorflow/tfjs-core";
import { float32, graphBuilder } from "@isoconv/core-spec";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createBackend as createCpu } from "../cpu/index.js";
import { createBackend as createWasm } from "../wasm/index.js";
import { createWasmBackend, wasmPeers } from "../wasm/create-wasm.js";

const EVENTS = ["uncaughtException", "unhandledRejection"] as const;

describe("starting", () => {
  const streams = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, "write"));
  const methods = (["log", "info", "warn", "error", "debug"] as const).map((method) => vi.spyOn(console, method));
  beforeEach(() => {
    for (const spy of [...streams, ...methods]) spy.mockClear();
  });
  afterEach(() => {
    for (const spy of [...streams, ...methods]) expect(spy).not.toHaveBeenCalled();
  });

  it("fails with a reason and can be retried", async () => {
    const load = async (): Promise<typeof tf> => ({
      ...tf,
      findBackendFactory: () => () => Promise.reject(new Error("no such file")),
    });
    const failing = createWasmBackend({ ...wasmPeers, core: { ...wasmPeers.core, load } }, {});
    await expect(failing).rejects.toMatchObject({
      code: "BACKEND_UNAVAILABLE",
      message: expect.stringContaining("wasmPaths") as unknown,
      cause: { message: "no such file" },
    });
    expect(tf.engine().registry["wasm"]).toBeUndefined();
  });

  it("is given up when nothing happens, and can be retried", async () => {
    const load = async (): Promise<typeof tf> => ({
      ...tf,
      findBackendFactory: () => () => new Promise<never>(() => {}),
    });
    const hanging = createWasmBackend({ ...wasmPeers, core: { ...wasmPeers.core, load } }, { startTimeout: 40 });
    await expect(hanging).rejects.toMatchObject({
      code: "BACKEND_UNAVAILABLE",
      message: expect.stringContaining("did not start: nothing happened for 0.04 s") as unknown,
    });
    expect(tf.engine().registry["wasm"]).toBeUndefined();
  });

  it("is silent, shared, and leaves the process and TensorFlow.js's choice of backend as they are", async () => {
    const listeners = EVENTS.map((event) => process.rawListeners(event));
    const backends = await Promise.all([createWasm(), createWasm(), createCpu()]);
    expect(backends.map(({ id }) => id)).toEqual(["tfjs-wasm", "tfjs-wasm", "tfjs-cpu"]);
    expect(EVENTS.map((event) => process.rawListeners(event))).toEqual(listeners);
    expect(tf.engine().backendName).toBeUndefined();
    for (const backend of backends) {
      const g = graphBuilder("relu");
      await using executable = await backend.compile(g.build({ y: g.relu({ x: g.input("x", [2]) }) }), {});
      expect([...(await executable.run({ x: float32([2], [-1, 1]) }))["y"].data]).toEqual([0, 1]);
      await backend.dispose();
    }
  });

  it("declares the backends' capabilities", async () => {
    await using wasm = await createWasm({ threads: 4 });
    await using cpu = await createCpu();
    const common = {
      runtime: { name: "TensorFlow.js", version: "4.22.0" },
      device: "cpu",
      threads: 1,
      arithmetic: "f32",
      convAlgorithm: "direct",
      subnormals: "kept",
    };
    expect(wasm.capabilities).toMatchObject({ ...common, nonFinite: "indeterminate" });
    expect(cpu.capabilities).toMatchObject({ ...common, nonFinite: "ieee" });
    expect(new Set(Object.values(wasm.capabilities.ops))).toEqual(new Set(["native", "decomposed"]));
  });

  it("keeps subnormals, as declared", async () => {
    for (const create of [createCpu, createWasm]) {
      await using backend = await create();
      const g = graphBuilder("probe");
      const y = g.conv2d({ x: g.input("x", [1, 1, 1, 1]), w: g.parameter("w", [1, 1, 1, 1]) });
      await using executable = await backend.compile(g.build({ y }), { w: float32([1, 1, 1, 1], [1]) });
      for (const x of [1 + 2 ** -12, 2 ** 17, 1 + 2 ** -23, 2 ** -130]) {
        const results = await executable.run({ x: float32([1, 1, 1, 1], [x]) });
        expect(results["y"].data[0]).toBe(x);
      }
    }
  });
});
