import { IsoconvError } from "@isoconv/core-spec";
import { describe, expect, it } from "vitest";
import { isAvailable as cpuIsAvailable } from "../cpu/index.js";
import { isAvailable as wasmIsAvailable } from "../wasm/index.js";
import { cpuPeers, createCpuBackend, loadCpu } from "../cpu/create-cpu.js";
import { availability } from "./peer.js";
import { createWasmBackend, wasmPeers } from "../wasm/create-wasm.js";

const missing = async (): Promise<never> => {
  throw new Error("Cannot find package");
};

describe("optional peers", () => {
  it("are here", async () => {
    expect(await cpuIsAvailable()).toEqual({ available: true });
    expect(await wasmIsAvailable()).toEqual({ available: true });
  });

  it("are named with their version when they are missing, all in one command", async () => {
    const noCore = createCpuBackend({ ...cpuPeers, core: { ...cpuPeers.core, load: missing } });
    await expect(noCore).rejects.toMatchObject({
      code: "BACKEND_UNAVAILABLE",
      message:
        "BACKEND_UNAVAILABLE: @tensorflow/tfjs-core cannot be imported. Run: npm install @tensorflow/tfjs-core@4.22.0 @tensorflow/tfjs-backend-cpu@4.22.0",
      cause: { message: "Cannot find package" },
    });
    const noWasm = createWasmBackend({ ...wasmPeers, wasm: { ...wasmPeers.wasm, load: missing } }, {});
    await expect(noWasm).rejects.toThrow("npm install @tensorflow/tfjs-backend-wasm@4.22.0");
    const noCpu = createCpuBackend({ ...cpuPeers, cpu: { ...cpuPeers.cpu, load: missing } });
    await expect(noCpu).rejects.toThrow("npm install @tensorflow/tfjs-backend-cpu@4.22.0");
  });

  it("of another version are refused", async () => {
    const old = createCpuBackend({ ...cpuPeers, cpu: { ...cpuPeers.cpu, versionOf: () => "3.0.0" } });
    await expect(old).rejects.toMatchObject({ code: "BACKEND_UNAVAILABLE", expected: "4.22.0", received: "3.0.0" });
  });

  it("give availability its reason, and nothing else does", async () => {
    const peers = { ...cpuPeers, cpu: { ...cpuPeers.cpu, load: missing } };
    expect(await availability(() => loadCpu(peers))).toEqual({
      available: false,
      reason: expect.stringContaining("@tensorflow/tfjs-backend-cpu@4.22.0") as unknown,
    });
    await expect(availability(missing)).rejects.toThrow("Cannot find package");
    const other = new IsoconvError("DISPOSED", { what: "gone" });
    await expect(availability(() => Promise.reject(other))).rejects.toBe(other);
  });
});
