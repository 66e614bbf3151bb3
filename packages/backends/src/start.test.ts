import { afterEach, expect, it, vi } from "vitest";
import { modules as nodeModules } from "./node.js";
import { modules as pageModules } from "./page.js";

afterEach(() => vi.unstubAllGlobals());

const modules = [...Object.entries(nodeModules), ...Object.entries(pageModules)];

const refusals: readonly (readonly [object | null, string])[] = [
  [{ startTimeout: 0 }, "options.startTimeout"],
  [{ startTimeOut: 1000 }, "options.startTimeOut"],
  [null, "options"],
];

it.each(modules)("%s refuses wrong options", async (_id, load) => {
  const { createBackend } = await load();
  for (const [options, path] of refusals) {
    await expect(createBackend(options as object)).rejects.toMatchObject({ code: "INVALID_ATTRIBUTE", path });
  }
});

const never = (): Promise<never> => new Promise(() => {});

it.each([
  ["onnx-webgpu", pageModules["onnx-webgpu"]],
  ["onnx-webnn", pageModules["onnx-webnn"]],
  ["tfjs-webgpu in a page", () => import("@isoconv/backend-tfjs/webgpu")],
] as const)("%s gives up on a device that does not answer", async (_id, load) => {
  const { createBackend } = await load();
  vi.stubGlobal("navigator", { gpu: { requestAdapter: never }, ml: { createContext: never } });
  await expect(createBackend({ startTimeout: 40 })).rejects.toMatchObject({
    code: "BACKEND_UNAVAILABLE",
    message: expect.stringMatching(/did not start: nothing happened for 0\.04 s/) as string,
  });
});
