import { checkFullPrecision, type Backend } from "@isoconv/core-spec";
import { expect, test } from "vitest";
import { createBackend } from "../node/index.js";

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
