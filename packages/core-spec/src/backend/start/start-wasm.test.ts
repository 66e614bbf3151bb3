import { expect, it } from "vitest";
import { IsoconvError } from "../../error.js";
import { startWasm, type WasmStart } from "./start-wasm.js";

const wasm: WasmStart<string> = {
  what: "the runtime",
  options: {},
  isThread: () => false,
  onLost: () => {},
  explain: (cause, problem) =>
    new IsoconvError("BACKEND_UNAVAILABLE", { what: `${String(cause)}, ${problem ?? "files in order"}` }),
};

it("what was started comes with its remarks", async () => {
  expect(await startWasm(wasm, async () => "started")).toEqual({ started: "started", remarks: [] });
});

it("an error of the runtime is explained, and one with a code passes", async () => {
  const failing = (error: Error): Promise<unknown> =>
    startWasm(wasm, async () => {
      throw error;
    });
  await expect(failing(new Error("abort"))).rejects.toThrow("BACKEND_UNAVAILABLE: Error: abort, files in order");
  const own = new IsoconvError("UNSUPPORTED", { what: "no SIMD" });
  await expect(failing(own)).rejects.toBe(own);
});

it("a start without progress is given up, and what comes late is discarded", async () => {
  let finish = (_started: string): void => {};
  const discarded: string[] = [];
  const limited = { ...wasm, options: { startTimeout: 20 }, discard: (late: string) => discarded.push(late) };
  const start = startWasm(limited, () => new Promise<string>((resolve) => (finish = resolve)));
  await expect(start).rejects.toThrow("the runtime did not start");
  finish("late");
  await expect.poll(() => discarded).toEqual(["late"]);
});
