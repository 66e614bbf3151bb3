import { afterEach, describe, expect, test, vi } from "vitest";
import { createBackend, isAvailable } from "../webgpu/index.js";
import { readLimits, requestDevice } from "./gpu.js";

afterEach(() => vi.unstubAllGlobals());

test("under Node the error names the subpath to use instead", async () => {
  await expect(createBackend()).rejects.toMatchObject({
    code: "BACKEND_UNAVAILABLE",
    message: "BACKEND_UNAVAILABLE: this host has no WebGPU. In Node import @isoconv/backend-onnx/node-webgpu",
  });
  expect(await isAvailable()).toEqual({
    available: false,
    reason: expect.stringContaining("this host has no WebGPU") as string,
  });
});

describe("a browser", () => {
  test("without an adapter is unavailable, and the error says what to check", async () => {
    vi.stubGlobal("navigator", { gpu: { requestAdapter: () => Promise.resolve(null) } });
    await expect(requestDevice({})).rejects.toMatchObject({
      code: "BACKEND_UNAVAILABLE",
      message: expect.stringMatching(/no adapter for it\. Turn hardware acceleration on, see chrome:\/\/gpu/) as string,
    });
  });

  test("that refuses a device gives the reason", async () => {
    const cause = new Error("device creation failed");
    const adapter = { limits: {}, requestDevice: () => Promise.reject(cause) };
    vi.stubGlobal("navigator", { gpu: { requestAdapter: () => Promise.resolve(adapter) } });
    await expect(requestDevice({})).rejects.toMatchObject({
      code: "BACKEND_UNAVAILABLE",
      message: expect.stringContaining("refuses a WebGPU device: device creation failed") as string,
      cause,
    });
  });

  test("is requested with all limits and features of its adapter", async () => {
    const limits = Object.create({
      maxBufferSize: 5,
      maxStorageBufferBindingSize: 4,
      maxTextureArrayLayers: 3,
    }) as object;
    const request = vi.fn(() => Promise.resolve({ limits }));
    const info = { vendor: "", architecture: "", device: "", description: "Iris" };
    const adapter = { info, limits, requestDevice: request };
    vi.stubGlobal("navigator", { gpu: { requestAdapter: () => Promise.resolve(adapter) } });
    expect(await requestDevice({})).toMatchObject({ adapter: "Iris" });
    expect(request).toHaveBeenCalledWith({ requiredLimits: { maxBufferSize: 5, maxStorageBufferBindingSize: 4 } });
  });
});

test("limits are read through their prototype", () => {
  expect(readLimits(Object.create({ a: 1, b: "2" }) as object, ["a", "b", "c"])).toEqual({ a: 1 });
});
