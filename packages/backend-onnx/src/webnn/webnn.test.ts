import { afterEach, expect, test, vi } from "vitest";
import { createBackend, isAvailable } from "./index.js";

afterEach(() => vi.unstubAllGlobals());

test("Node has no WebNN, and its reader is told where there is some", async () => {
  await expect(createBackend()).rejects.toMatchObject({
    code: "BACKEND_UNAVAILABLE",
    message: expect.stringMatching(/this host has no WebNN\. Use Chrome or Edge/) as string,
  });
  expect(await isAvailable()).toEqual({
    available: false,
    reason: expect.stringContaining("this host has no WebNN") as string,
  });
});

test("a browser that refuses a context is asked for the device of the options, and says why", async () => {
  const cause = new Error("WebNN is not supported on this platform");
  const createContext = vi.fn(() => Promise.reject(cause));
  vi.stubGlobal("navigator", { ml: { createContext } });
  await expect(createBackend({ deviceType: "cpu" })).rejects.toMatchObject({
    code: "BACKEND_UNAVAILABLE",
    message: expect.stringContaining(`the browser refuses a WebNN context: ${cause.message}`) as string,
    cause,
  });
  expect(createContext).toHaveBeenCalledWith({ deviceType: "cpu", powerPreference: "high-performance" });
});

test("a device that computes in less than float32 is not offered", async () => {
  await expect(createBackend({ deviceType: "npu" as "gpu" })).rejects.toMatchObject({
    code: "INVALID_ATTRIBUTE",
    path: "options.deviceType",
  });
});
