import * as tf from "@tensorflow/tfjs-core";
import { float32, graphBuilder, type Backend } from "@isoconv/core-spec";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createBackend } from "./index.js";
import { refuseFailedAllocations } from "./wasm-memory.js";
import { keepProcessListeners } from "./wasm-process.js";
import { Refusals } from "./wasm-refusals.js";

describe("wasm's silent failures", () => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await createBackend();
  });
  afterAll(() => backend.dispose());

  it("become OUT_OF_MEMORY when a result does not fit the heap", async () => {
    const g = graphBuilder("large");
    const x = g.input("x", [1, 1, 1, 1]);
    const y = g.pad2d({ x }, { pads: [0, 0, 40_000, 40_000] });
    await using executable = await backend.compile(g.build({ y }), {});
    await expect(executable.run({ x: float32([1, 1, 1, 1], [1]) })).rejects.toMatchObject({ code: "OUT_OF_MEMORY" });
    expect(backend.memory()).toEqual({ buffers: 0, bytes: 0 });
  });

  it("become EXECUTION_FAILED when XNNPACK refuses, and nothing is printed", async () => {
    const warn = vi.spyOn(console, "warn");
    const clip = tf.getKernel("ClipByValue", "wasm");
    const { kernelFunc } = clip;
    vi.spyOn(clip, "kernelFunc").mockImplementation((call) =>
      kernelFunc({ ...call, attrs: { clipValueMin: 1, clipValueMax: 1 } }),
    );
    const g = graphBuilder("clip");
    const y = g.clip({ x: g.input("x", [3]) }, { min: 0, max: 1 });
    await using executable = await backend.compile(g.build({ y }), {});
    const failed = executable.run({ x: float32([3]) });
    await expect(failed).rejects.toMatchObject({
      code: "EXECUTION_FAILED",
      message: expect.stringContaining("ClipByValue failed in xnn_") as unknown,
    });
    expect(backend.memory()).toEqual({ buffers: 0, bytes: 0 });
    expect(warn).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });
});

describe("refuseFailedAllocations", () => {
  it("survives the stub that replaces itself, and is applied once", () => {
    const requests: number[] = [];
    const real = (bytes: number): number => {
      requests.push(bytes);
      return bytes > 1000 ? 0 : 64;
    };
    const module = {
      _malloc(bytes: number): number {
        module._malloc = real;
        return real(bytes);
      },
      _free: () => {},
    };
    refuseFailedAllocations(module);
    refuseFailedAllocations(module);
    expect(module._malloc(10)).toBe(64);
    expect(() => module._malloc(2000)).toThrow("out of memory");
    expect(() => module._malloc(2 ** 32 + 8)).toThrow("out of memory");
    expect(requests).toEqual([1, 10, 2000]);
    refuseFailedAllocations({});
  });
});

describe("Refusals", () => {
  it.each([
    ["xnn_create_clamp_nc_f32", "XNN status for xnn_create_clamp_nc_f32 is not successful. Got status 2."],
    [
      "xnn_setup_*_nd_f32",
      "XNN status for xnn_setup_*_nd_f32 is not successful. Got status 2. Use -c dbg to see XNN logs.",
    ],
    ["xnn_create_max_pooling2d_nhwc_f32", "XNN status for xnn_create_max_pooling2d_nhwc_f32 is not successful. "],
  ])("recognises the refusal of %s", async (refused, complaint) => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const refusals = new Refusals();
    const heard = await refusals.attach(async () => console.warn.bind(console));
    expect(refusals.watch(() => heard(complaint))).toEqual([undefined, refused]);
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });

  it("collects refusals while watching and passes other messages on", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const refusals = new Refusals();
    const complaint = "XNN status for xnn_create_clamp_nc_f32 is not successful. Got status 2.";
    const heard = await refusals.attach(async () => console.warn.bind(console));
    expect(console.warn).toBe(warn);
    expect(refusals.watch(() => heard(complaint))).toEqual([undefined, "xnn_create_clamp_nc_f32"]);
    expect(refusals.watch(() => 7)).toEqual([7, undefined]);
    expect(warn).not.toHaveBeenCalled();
    heard(complaint);
    refusals.watch(() => heard("something else"));
    expect(warn.mock.calls).toEqual([[complaint], ["something else"]]);
    warn.mockRestore();
  });
});

describe("keepProcessListeners", () => {
  it("removes Emscripten's listeners and no others", async () => {
    const mine = (error: unknown): void => void error;
    const before = process.listeners("uncaughtException");
    await keepProcessListeners(async () => {
      process.on("uncaughtException", mine);
      process.on("uncaughtException", function (ex) {
        throw ex;
      });
    });
    expect(process.listeners("uncaughtException")).toEqual([...before, mine]);
    process.removeListener("uncaughtException", mine);
  });
});
