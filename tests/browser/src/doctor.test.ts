import type { PageDiagnosis } from "@isoconv/inspect/page-doctor";
import { describe, expect, it } from "vitest";
import { isolating, type ServerBehaviour } from "./folder-server.js";
import { hasBrowser, testPages } from "./pages.test.support.js";

describe.skipIf(!hasBrowser)("the doctor in a page", () => {
  const { open } = testPages();

  async function diagnose(query: string, behaviour?: ServerBehaviour): Promise<PageDiagnosis & { text: string }> {
    const { page } = await open(`/doctor.html?${query}`, behaviour);
    const diagnosis = await page.evaluate(() => window.diagnosis);
    if (diagnosis === undefined) throw new Error("the page began no diagnosis");
    const text = (await page.locator("pre").textContent()) ?? "";
    await page.close();
    return { ...diagnosis, text };
  }

  it("reports that there is one thread without both headers, and which to send", async () => {
    const { isolation, backends, advice, text } = await diagnose("backend=onnx-wasm&backend=tfjs-wasm");
    expect(isolation).toMatchObject({
      crossOriginIsolated: false,
      secureContext: true,
      openerPolicy: null,
      embedderPolicy: null,
      missing: ["Cross-Origin-Opener-Policy: same-origin", "Cross-Origin-Embedder-Policy: require-corp"],
    });
    expect(backends).toMatchObject(
      ["onnx-wasm", "tfjs-wasm"].map((backend) => ({
        backend,
        available: true,
        arithmetic: "f32",
        threads: { reported: 1, used: null },
        workers: { started: 0, errors: [] },
        wasmFiles: [{ problem: null, slowly: false }],
      })),
    );
    expect(advice).toEqual([
      "send Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp with the page: otherwise WebAssembly has one thread",
    ]);
    expect(text).toMatch(/^cross-origin isolated: no \(opener policy not sent, embedder policy not sent\)$/m);
    expect(text).toMatch(/^onnx-wasm: onnxruntime-web [\d.]+, 1 threads \(0 workers started\), arithmetic f32/m);
  });

  it("names the missing header", async () => {
    const { isolation } = await diagnose("backend=reference", {
      headers: { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "unsafe-none" },
    });
    expect(isolation).toMatchObject({
      crossOriginIsolated: false,
      embedderPolicy: "unsafe-none",
      missing: ["Cross-Origin-Embedder-Policy: require-corp"],
    });
  });

  it("finds threads and their workers if the page is isolated", async () => {
    const query = "backend=onnx-wasm&backend=tfjs-wasm";
    const { isolation, cores, backends, advice } = await diagnose(query, { headers: isolating });
    expect(isolation).toMatchObject({ crossOriginIsolated: true, missing: [], openerPolicy: "same-origin" });
    expect(backends.map(({ backend }) => backend)).toEqual(["onnx-wasm", "tfjs-wasm"]);
    // TensorFlow.js takes half the cores.
    const threads = [cores, Math.max(1, Math.floor(cores / 2))];
    for (const [index, backend] of backends.entries()) {
      expect(backend).toMatchObject({
        available: true,
        threads: { reported: threads[index] },
        workers: { errors: [] },
      });
      expect(backend.workers.started).toBeGreaterThanOrEqual(threads[index] - 1);
    }
    expect(advice).toEqual([]);
  });

  it("reports a worker's error while its runtime waits for it", async () => {
    const { backends, advice } = await diagnose("backend=broken-worker&limit=3000");
    expect(backends).toMatchObject([
      {
        backend: "broken-worker",
        available: false,
        workers: { started: 1, errors: ["Uncaught Error: no shared memory"] },
      },
    ]);
    expect(advice[0]).toBe(
      "broken-worker: it did not start within 3 s (a worker of it failed: Uncaught Error: no shared memory)",
    );
  });

  it("reports that the server returned HTML for a wasm file, and which backend needs it", async () => {
    const { backends, advice, text } = await diagnose("backend=tfjs-wasm&backend=reference", {
      headers: isolating,
      fallsBackFor: /^\/tfjs-wasm\//,
    });
    expect(backends.map(({ backend, available }) => [backend, available])).toEqual([
      ["reference", true],
      ["tfjs-wasm", false],
    ]);
    expect(advice[0]).toMatch(
      /^your server returned HTML for \/tfjs-wasm\/tfjs-backend-wasm[\w-]*\.wasm \(status 200\)/,
    );
    expect(text).toContain("tfjs-wasm: cannot run here");
  });

  it("reports what is wrong with the given files", async () => {
    const query = ["/gone.wasm", "/doctor.html", "/tfjs-wasm/tfjs-backend-wasm.wasm"].map((path) => `wasm=${path}`);
    const { wasmFiles } = await diagnose(`backend=reference&${query.join("&")}`, { missing: /gone/ });
    expect(wasmFiles.map(({ problem }) => problem)).toEqual([
      expect.stringMatching(/^your server answered 404 for \/gone\.wasm/),
      expect.stringMatching(/^your server returned HTML for \/doctor\.html/),
      null,
    ]);
  });

  it("describes WebGL and WebGPU, or gives the reason why they are missing", async () => {
    const { webgl, webgpu, wasm } = await diagnose("backend=reference");
    expect(wasm).toMatchObject({ available: true, simd: true });
    if (webgl.available) {
      expect(webgl.maxTextureSize).toBeGreaterThanOrEqual(2048);
      expect([10, 23]).toContain(webgl.mantissaBits);
    } else expect(webgl.reason).toContain("WebGL 2");
    if (webgpu.available) expect(webgpu.limits["maxBufferSize"]).toBeGreaterThan(0);
    else expect(webgpu.reason).toMatch(/WebGPU/);
  });
});
