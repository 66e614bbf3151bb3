import { graphBuilder, type Graph, type Results } from "@isoconv/core-spec";
import type { Page } from "playwright";
import { beforeAll, describe, expect, it } from "vitest";
import { hasBrowser, testPages } from "./pages.test.support.js";

interface Device {
  destroy(): void;
}

interface Adapter {
  requestDevice(descriptor: unknown): Promise<Device>;
}

interface Gpu {
  requestAdapter(options: unknown): Promise<Adapter>;
}

declare global {
  interface Window {
    /** Every device that the page has requested. */
    devices?: Device[];
  }
}

/** The outcome of a step: the first numbers of `y`, or the error's code and cause. */
type Step =
  { readonly y: readonly number[] } | { readonly code: string; readonly message: string; readonly cause?: string };

function relu(): Graph {
  const g = graphBuilder("relu");
  return g.build({ y: g.relu({ x: g.input("x", ["N", 1, 1, 1]) }) });
}

/** The corner of an image that is `side` pixels high and wide. */
function cornerOf(side: number): Graph {
  const g = graphBuilder("corner");
  const x = g.pad2d({ x: g.input("x", ["N", 1, 1, 1]) }, { pads: [0, 0, side - 1, side - 1] }, "enlarge");
  return g.build({ y: g.slice({ x }, { starts: [0, 0], ends: [1, 1], axes: [2, 3] }) });
}

describe.skipIf(!hasBrowser)("onnx-webgpu in a page", () => {
  const { open } = testPages();
  let page: Page;
  beforeAll(async () => {
    // A plan without cases: the test only uses the page's backends.
    ({ page } = await open("/index.html?backend=none"));
    await page.evaluate(() => {
      const gpu = Reflect.get(navigator, "gpu") as Gpu;
      const devices: Device[] = [];
      const requestAdapter = gpu.requestAdapter.bind(gpu);
      gpu.requestAdapter = async (options) => {
        const adapter = await requestAdapter(options);
        const requestDevice = adapter.requestDevice.bind(adapter);
        adapter.requestDevice = async (descriptor) => {
          const device = await requestDevice(descriptor);
          devices.push(device);
          return device;
        };
        return adapter;
      };
      window.devices = devices;
    });
  });
  it("loses its device in the middle of a run, says so, and compiles on another", async () => {
    const steps = await page.evaluate(async (graph) => {
      const backend = await window.createBackend!("onnx-webgpu");
      const feeds = { x: { dtype: "float32", shape: [1, 1, 1, 1], data: new Float32Array([3]) } } as const;
      const tell = async (run: Promise<Results>): Promise<Step> => {
        try {
          return { y: [...(await run)["y"].data] };
        } catch (error) {
          const { code, message, cause } = error as { code: string; message: string; cause?: Error };
          return { code, message, ...(cause === undefined ? {} : { cause: cause.message }) };
        }
      };
      const executable = await backend.compile(graph, {});
      const before = await tell(executable.run(feeds));
      const running = executable.run(feeds);
      window.devices!.at(-1)!.destroy();
      const during = await tell(running);
      const after = await tell(executable.run(feeds));
      const next = await backend.compile(graph, {});
      const again = await tell(next.run(feeds));
      await executable.dispose();
      const last = await tell(next.run(feeds));
      await backend.dispose();
      return { before, during, after, again, last };
    }, relu());
    const lost = {
      code: "EXECUTION_FAILED",
      message: expect.stringMatching(/the GPU device was lost.*next compilation takes another device/) as string,
      cause: expect.stringContaining("destroyed") as string,
    };
    expect(steps).toEqual({ before: { y: [3] }, during: lost, after: lost, again: { y: [3] }, last: { y: [3] } });
  });

  it("refuses values larger than its buffers: for a graph when compiling, for a batch when running", async () => {
    const side = 2000;
    const found = await page.evaluate(
      async ([graph, tooLarge, imageBytes]) => {
        const backend = await window.createBackend!("onnx-webgpu");
        const codeOf = (work: Promise<unknown>): Promise<unknown> =>
          work.then(
            () => "done",
            (error: unknown) => Reflect.get(error as object, "code"),
          );
        const batch = Math.floor((backend.capabilities.limits?.arrayBytes ?? 0) / imageBytes) + 1;
        const executable = await backend.compile(graph, {});
        const feeds = (size: number) =>
          ({ x: { dtype: "float32", shape: [size, 1, 1, 1], data: new Float32Array(size).fill(7) } }) as const;
        const codes = [await codeOf(backend.compile(tooLarge, {})), await codeOf(executable.run(feeds(batch)))];
        const { y } = await executable.run(feeds(1));
        await backend.dispose();
        return { codes, y: [...y.data] };
      },
      [cornerOf(side), cornerOf(46_000), side * side * 4] as const,
    );
    expect(found).toEqual({ codes: ["UNSUPPORTED", "INVALID_FEED"], y: [7] });
  });
});
