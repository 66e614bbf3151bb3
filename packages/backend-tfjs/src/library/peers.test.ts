import { availabilityOf } from "@isoconv/core-spec";
import { describe, expect, it } from "vitest";
import { isAvailable as cpuIsAvailable } from "../cpu/index.js";
import { isAvailable as wasmIsAvailable } from "../wasm/index.js";
import { cpuPeers, createCpuBackend, loadCpu } from "../cpu/create-cpu.js";
import { createWasmBackend, wasmPeers } from "../wasm/create-wasm.js";

const missing = (name: string) => async (): Promise<never> => {
  throw Object.assign(new Error(`Cannot find package '${name}' imported from /app/x.js`), {
    code: "ERR_MODULE_NOT_FOUND",
  });
};

describe("optional peers", () => {
  it("are here", async () => {
    expect(await cpuIsAvailable()).toEqual({ available: true });
    expect(await wasmIsAvailable()).toEqual({ available: true });
  });

  it("are named with their version when they are missing", async () => {
    const noCore = createCpuBackend({ ...cpuPeers, core: { ...cpuPeers.core, load: missing(cpuPeers.core.name) } });
    await expect(noCore).rejects.toMatchObject({
      code: "BACKEND_UNAVAILABLE",
      message:
        "BACKEND_UNAVAILABLE: @tensorflow/tfjs-core is not installed. Run npm install @tensorflow/tfjs-core@4.22.0 @tensorflow/tfjs-backend-cpu@4.22.0",
      cause: { code: "ERR_MODULE_NOT_FOUND" },
    });
    const noWasm = createWasmBackend(
      { ...wasmPeers, wasm: { ...wasmPeers.wasm, load: missing(wasmPeers.wasm.name) } },
      {},
    );
    await expect(noWasm).rejects.toThrow("npm install @tensorflow/tfjs-backend-wasm@4.22.0");
    const noCpu = createCpuBackend({ ...cpuPeers, cpu: { ...cpuPeers.cpu, load: missing(cpuPeers.cpu.name) } });
    await expect(noCpu).rejects.toThrow("npm install @tensorflow/tfjs-backend-cpu@4.22.0");
  });

  it("of another version are refused", async () => {
    const old = createCpuBackend({ ...cpuPeers, cpu: { ...cpuPeers.cpu, versionOf: () => "3.0.0" } });
    await expect(old).rejects.toMatchObject({ code: "BACKEND_UNAVAILABLE", expected: "4.22.0", received: "3.0.0" });
  });

  it("give availability its reason", async () => {
    const peers = { ...cpuPeers, cpu: { ...cpuPeers.cpu, load: missing(cpuPeers.cpu.name) } };
    expect(await availabilityOf(() => loadCpu(peers))).toEqual({
      available: false,
      reason: expect.stringContaining("@tensorflow/tfjs-backend-cpu@4.22.0") as unknown,
    });
  });
});
