import { expect, test, vi } from "vitest";

/** A process in which nothing is settled. */
async function freshProcess(): Promise<typeof import("./tf32.js")> {
  vi.resetModules();
  return import("./tf32.js");
}

test("TF32 is switched off before NVIDIA's libraries are loaded, and stays so", async () => {
  const { prepareTf32, settleTf32 } = await freshProcess();
  const environment: Record<string, string | undefined> = {};
  prepareTf32("f32", environment);
  settleTf32("f32");
  prepareTf32("f32", environment);
  expect(environment).toEqual({ NVIDIA_TF32_OVERRIDE: "0" });
  expect(() => prepareTf32("tf32", environment)).toThrow(
    expect.objectContaining({ code: "BACKEND_UNAVAILABLE", path: "options.arithmetic", expected: "f32" }),
  );
});

test("TF32 that was asked for first stays on", async () => {
  const { prepareTf32, settleTf32 } = await freshProcess();
  const environment: Record<string, string | undefined> = {};
  prepareTf32("tf32", environment);
  settleTf32("tf32");
  expect(environment).toEqual({});
  expect(() => prepareTf32("f32", environment)).toThrow("another arithmetic");
});

test("a start that failed settles nothing", async () => {
  const { prepareTf32 } = await freshProcess();
  const environment: Record<string, string | undefined> = {};
  prepareTf32("f32", environment);
  prepareTf32("tf32", environment);
  expect(environment).toEqual({});
});

test.for([
  ["0", "tf32"],
  ["1", "f32"],
] as const)("NVIDIA_TF32_OVERRIDE=%s forbids %s", async ([value, wanted]) => {
  const { prepareTf32 } = await freshProcess();
  expect(() => prepareTf32(wanted, { NVIDIA_TF32_OVERRIDE: value })).toThrow("NVIDIA_TF32_OVERRIDE must be");
});
