import { availabilityOf, float32, graphBuilder, IsoconvError, type Backend, type Graph } from "@isoconv/core-spec";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { random } from "../agreement.test.support.js";
import { isAvailable } from "./node.js";
import { isAvailable as isAvailableInBrowser } from "./index.js";
import { loadDawn } from "./dawn.js";
import { navigatorGpu } from "./navigator.js";
import { createWebgpuBackend, loadWebgpu, webgpuPeers, type WebgpuPeers } from "./create-webgpu.js";

const here = await isAvailable();
const isRequired = process.env["ISOCONV_REQUIRE_VULKAN"] === "1";

describe("WebGPU under Node", () => {
  it("is here", ({ skip }) => {
    if (!here.available && !isRequired) skip(`${here.reason}; ISOCONV_REQUIRE_VULKAN=1 makes this a failure`);
    expect(here).toEqual({ available: true });
  });
});

describe("the error names what WebGPU lacks", () => {
  const peers = webgpuPeers(async () => ({ requestAdapter: async () => null }) as Partial<GPU> as GPU);
  const missing = async (): Promise<never> => {
    throw new Error("Cannot find package");
  };
  const reasonOf = async (given: WebgpuPeers): Promise<string> => {
    const found = await availabilityOf(() => loadWebgpu(given, {}));
    return found.available ? "" : found.reason;
  };

  it("a package", async () => {
    expect(await reasonOf({ ...peers, webgpu: { ...peers.webgpu, load: missing } })).toContain(
      "npm install @tensorflow/tfjs-backend-webgpu@4.22.0",
    );
  });

  it("WebGPU itself", async () => {
    expect(await isAvailableInBrowser()).toMatchObject({
      available: false,
      reason: expect.stringContaining("this browser has no WebGPU") as unknown,
    });
  });

  it("an adapter", async () => {
    expect(await reasonOf(peers)).toMatch(/finds no adapter.*libvulkan1.*VK_DRIVER_FILES/);
  });
});

/** y = w·relu(x + b) */
function network(): {
  readonly graph: Graph;
  readonly parameters: Readonly<Record<string, ReturnType<typeof random>>>;
} {
  const g = graphBuilder("network");
  const sum = g.add({ a: g.input("x", ["N", 2]), b: g.parameter("b", [2]) });
  const y = g.linear({ x: g.relu({ x: sum }), w: g.parameter("w", [1, 2]) });
  return { graph: g.build({ y }), parameters: { b: float32([2], [1, -1]), w: float32([1, 2], [10, 100]) } };
}

const feeds = { x: float32([1, 2], [1, 3]) };

describe.skipIf(!here.available)("a device", () => {
  const devices: GPUDevice[] = [];
  let backend: Backend;
  beforeAll(async () => {
    backend = await createWebgpuBackend(watched(devices), {});
  });
  afterAll(() => backend.dispose());

  it("computes and declares its capabilities", async () => {
    const { graph, parameters } = network();
    await using executable = await backend.compile(graph, parameters);
    expect([...(await executable.run(feeds))["y"].data]).toEqual([220]);
    expect(backend).toMatchObject({
      id: "tfjs-webgpu",
      capabilities: { device: "gpu", arithmetic: "f32", nonFinite: "indeterminate" },
    });
    expect(backend.capabilities.limits?.arrayBytes).toBeGreaterThanOrEqual(2 ** 27);
  });

  it("removes the navigator it defines", () => {
    expect(navigatorGpu()).toBeUndefined();
  });

  it("refuses arrays larger than its limits when compiling", async () => {
    const { arrayBytes } = backend.capabilities.limits!;
    const g = graphBuilder("large");
    const x = g.input("x", ["N", 1, 1, 1]);
    const side = Math.ceil(Math.sqrt(arrayBytes / 4)) + 1;
    const large = g.build({ y: g.mean({ x: g.upsample({ x }, { scales: [side, side] }) }, { axes: [2, 3] }) });
    await expect(backend.compile(large, {})).rejects.toMatchObject({ code: "UNSUPPORTED", op: "upsample" });
  });

  it("out of memory fails only the current run", async () => {
    // The zeros inserted between the input's elements make an array of 2³⁰ elements.
    const g = graphBuilder("spread");
    const x = g.input("x", [1, 1024, 64, 64]);
    const y = g.convTranspose2d({ x, w: g.parameter("w", [1024, 1, 1, 1]) }, { strides: [16, 16] });
    await using spread = await backend.compile(g.build({ y }), { w: float32([1024, 1, 1, 1]) });
    const { graph, parameters } = network();
    await using executable = await backend.compile(graph, parameters);
    const before = backend.memory();
    for (let run = 0; run < 2; run += 1) {
      await expect(spread.run({ x: float32([1, 1024, 64, 64]) })).rejects.toMatchObject({ code: "OUT_OF_MEMORY" });
      expect(backend.memory()).toEqual(before);
      expect([...(await executable.run(feeds))["y"].data]).toEqual([220]);
    }
  });

  it("lost during a run fails it with the cause; the next compilation gets another", async () => {
    const { graph, parameters } = network();
    const executable = await backend.compile(graph, parameters);
    const running = executable.run(feeds);
    devices.at(-1)!.destroy();
    await expect(running).rejects.toMatchObject({ code: "EXECUTION_FAILED", cause: { reason: "destroyed" } });
    await expect(executable.run(feeds)).rejects.toMatchObject({ code: "EXECUTION_FAILED" });
    const count = devices.length;
    await using again = await backend.compile(graph, parameters);
    expect(devices).toHaveLength(count + 1);
    expect([...(await again.run(feeds))["y"].data]).toEqual([220]);
    // The weights of the first network were lost with the first device.
    const stale = await executable.run(feeds).catch((error: unknown) => error);
    expect(stale).toBeInstanceOf(IsoconvError);
    expect(stale).toMatchObject({ code: "EXECUTION_FAILED" });
    expect(String(stale)).toContain("Compile the network again");
    await executable.dispose();
    await again.dispose();
    expect(backend.memory()).toEqual({ buffers: 0, bytes: 0 });
  });

  it("is destroyed with its backend", async () => {
    const own: GPUDevice[] = [];
    const other = await createWebgpuBackend(watched(own), {});
    await other.dispose();
    expect((await own[0].lost).reason).toBe("destroyed");
  });
});

/** Records the devices that a backend opens, so that tests can destroy them. */
function watched(devices: GPUDevice[]): WebgpuPeers {
  return webgpuPeers(async () => {
    const gpu = await loadDawn();
    const requestAdapter = async (options?: GPURequestAdapterOptions): Promise<GPUAdapter | null> => {
      const adapter = await gpu.requestAdapter(options);
      if (adapter === null) return null;
      const requestDevice = adapter.requestDevice.bind(adapter);
      adapter.requestDevice = async (descriptor) => {
        const device = await requestDevice(descriptor);
        devices.push(device);
        return device;
      };
      return adapter;
    };
    return { requestAdapter } as GPU;
  });
}
