import type { Backend } from "@isoconv/core-spec";
import { expect, test, vi } from "vitest";
import { createBackend } from "../node/index.js";
import { checkFullPrecision } from "./tf32.js";

/** A process in which nothing is settled. */
async function freshProcess(): Promise<typeof import("./tf32.js")> {
  vi.resetModules();
  return import("./tf32.js");
}

test("TF32 is switched off before NVIDIA's libraries are loaded, and stays so", async () => {
  const { prepareTf32, settleTf32 } = await freshProcess();
  const environment: NodeJS.ProcessEnv = {};
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
  const environment: NodeJS.ProcessEnv = {};
  prepareTf32("tf32", environment);
  settleTf32("tf32");
  expect(environment).toEqual({});
  expect(() => prepareTf32("f32", environment)).toThrow("another arithmetic");
});

test("a start that failed settles nothing", async () => {
  const { prepareTf32 } = await freshProcess();
  const environment: NodeJS.ProcessEnv = {};
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

/** The same, its results rounded to the 11 bits of TF32. */
function rounding(backend: Backend): Backend {
  const round = (value: number): number => {
    const spacing = 2 ** (Math.floor(Math.log2(Math.abs(value))) - 10);
    return value === 0 ? 0 : Math.round(value / spacing) * spacing;
  };
  return {
    ...backend,
    memory: () => backend.memory(),
    compile: async (...given) => {
      const executable = await backend.compile(...given);
      return {
        graph: executable.graph,
        run: async (feeds) =>
          Object.fromEntries(
            Object.entries(await executable.run(feeds)).map(([name, tensor]) => [
              name,
              { ...tensor, data: tensor.data.map(round) },
            ]),
          ) as Awaited<ReturnType<typeof executable.run>>,
        dispose: () => executable.dispose(),
        [Symbol.asyncDispose]: () => executable.dispose(),
      };
    },
  };
}

test("rounding that is on all the same is found out", async () => {
  await using backend = await createBackend({ threads: 1 });
  await expect(checkFullPrecision(backend)).resolves.toBeUndefined();
  await expect(checkFullPrecision(rounding(backend))).rejects.toMatchObject({
    code: "BACKEND_UNAVAILABLE",
    received: 1,
    message: expect.stringContaining("start the process with NVIDIA_TF32_OVERRIDE=0") as string,
  });
});
