import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { completeWorkerScript, selfContained } from "./wasm-worker-script.js";

// As minified: a `typeof` of the variable that holds the function became a comparison with the variable.
const script = "var WasmBackendModuleThreadedSimd = function (n) { return e !== void 0 && e, Math.max(n, 2); }";
const call = `; WasmBackendModuleThreadedSimd(1)`;

describe("the script of TensorFlow.js's workers", () => {
  it("needs no variable of the page", () => {
    expect(() => runInNewContext(script + call)).toThrow("e is not defined");
    expect(runInNewContext(selfContained(script) + call)).toBe(2);
  });

  it("is completed while the runtime starts, and other blobs are unchanged", async () => {
    const before = globalThis.Blob;
    const texts = await completeWorkerScript(async () => {
      const blobs = [new Blob([script], { type: "text/javascript" }), new Blob(["var other"]), new Blob([])];
      expect(blobs.map(({ type }) => type)).toEqual(["text/javascript", "", ""]);
      expect(blobs[0]).toBeInstanceOf(before);
      return Promise.all(blobs.map((blob) => blob.text()));
    });
    expect(texts).toEqual([selfContained(script), "var other", ""]);
    expect(globalThis.Blob).toBe(before);
  });

  it("leaves Blob as it was when the start fails", async () => {
    const before = globalThis.Blob;
    await expect(completeWorkerScript(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(globalThis.Blob).toBe(before);
  });
});
