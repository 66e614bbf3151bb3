import {
  findBrowser,
  isolating,
  PATIENCE,
  connectBrowser,
  serveFolder,
  type ServerBehaviour,
} from "@isoconv/browser-tests";
import type { Browser } from "playwright";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { isFull, packedProject, type PackedProject } from "./packed-project.test.support.js";
import { buildSites, type Outcome, type Sites } from "./start-sites.test.support.js";

/** tests/browser reports a missing browser, or fails if one is required. */
describe.skipIf(findBrowser() === undefined)("a backend that starts in a page", () => {
  let packed: PackedProject;
  let sites: Sites;
  let browser: Browser;
  beforeAll(async () => {
    packed = await packedProject();
    sites = await buildSites(packed);
    browser = await connectBrowser(inject("browser"));
  });
  afterAll(async () => {
    await browser.close();
    await packed.remove();
  });

  /** Calls a function of a page. */
  async function call(site: keyof Sites, behaviour: ServerBehaviour, script: string, path = "/"): Promise<Outcome> {
    const server = await serveFolder(sites[site], behaviour);
    const page = await browser.newPage();
    page.setDefaultTimeout(PATIENCE);
    try {
      await page.goto(server.origin + (path === "/" ? "/index.html" : path));
      return await page.evaluate<Outcome>(script);
    } finally {
      await page.close();
      await server.close();
    }
  }

  describe("and its threads", () => {
    const isolated = { headers: isolating };

    it("has one thread in a worker that the bundler made a single classic script, and says why", async () => {
      expect(await call("classic", isolated, "startInWorker({ threads: 2 })")).toEqual({
        threads: 1,
        notes: [expect.stringMatching(/^one thread: .*the program's own file .*worker: \{ format: "es" \}/)],
      });
    });

    it("has the threads it is asked for in a worker of ES modules, and in the page", async () => {
      expect(await call("modules", isolated, "startInWorker({ threads: 2 })")).toEqual({ threads: 2 });
      expect(await call("classic", isolated, "start('onnx', { threads: 2 })")).toEqual({ threads: 2 });
    });

    it.each(["onnx", "tfjs"])("has one thread where the page forbids workers, and says so: %s", async (id) => {
      const headers = { ...isolating, "Content-Security-Policy": "worker-src 'none'" };
      const { threads, notes } = await call(
        "modules",
        { headers },
        `start('${id}', { threads: 2, wasmPaths: "/wasm/" })`,
      );
      expect([threads, notes]).toEqual([1, [expect.stringMatching(/^one thread: .*worker/)]]);
    });

    it("has one thread in a page of a single file, whether its address is known or not", async () => {
      const script = `start("onnx", { threads: 2, wasmPaths: "/wasm/" })`;
      for (const [path, reason] of [
        ["/esm.html", /program's own file/],
        ["/iife.html", /removed the address/],
      ] as const) {
        expect(await call("esbuild", isolated, script, path)).toEqual({
          threads: 1,
          notes: [expect.stringMatching(reason)],
        });
      }
    });
  });

  /** What is the same for both is tried on one in `npm test`. */
  const runtimes = isFull ? ["onnx", "tfjs"] : ["onnx"];

  describe("and its end", () => {
    it("comes with its worker during a run, and another worker starts", async () => {
      const script = `terminateBusyWorker({ threads: 2 }).then(() => startInWorker({ threads: 2 }))`;
      expect(await call("modules", { headers: isolating }, script)).toEqual({ threads: 2 });
    });

    it.each(runtimes)("comes with its page during a run, and another page starts: %s", async (id) => {
      expect(await call("modules", {}, `keepBusy('${id}')`)).toBe("busy");
      expect(await call("modules", {}, `start('${id}', { wasmPaths: "/wasm/" })`)).toEqual({ threads: 1 });
    });
  });

  describe("fails with the cause and its remedy", () => {
    const csp = (policy: string): ServerBehaviour => ({ headers: { "Content-Security-Policy": policy } });
    const any = /\.wasm$/;
    const stalls = { path: any, parts: 2, milliseconds: 0, ends: false };

    it.each<[string, ServerBehaviour, RegExp, RegExp]>([
      ["no file", { missing: any }, /your server answered 404 for \/\S+\.wasm;/, /wasmPaths/],
      ["a page instead of it", { fallsBackFor: any }, /returned HTML for \/\S+\.wasm \(status 200\)/, /wasmPaths/],
      [
        "a policy against WebAssembly",
        csp("script-src 'self'"),
        /forbids WebAssembly/,
        /Add 'wasm-unsafe-eval' to its script-src/,
      ],
      [
        "a policy against the download",
        csp("script-src 'self' 'wasm-unsafe-eval'; connect-src 'none'"),
        /cannot be fetched/,
        /connect-src/,
      ],
      ["a download that stalls", { slow: stalls }, /nothing happened for 2 s, after [1-9]\d+ bytes of/, /startTimeout/],
    ])("%s", async (_case, behaviour, what, remedy) => {
      for (const id of ["onnx", "tfjs"]) {
        const paths = id === "tfjs" ? { wasmPaths: "/wasm/" } : {};
        const options = JSON.stringify({ ...paths, ...(behaviour.slow === undefined ? {} : { startTimeout: 2000 }) });
        const { code, message } = await call("modules", behaviour, `start('${id}', ${options})`);
        expect([code, message]).toEqual(["BACKEND_UNAVAILABLE", expect.stringMatching(what)]);
        expect(message).toMatch(remedy);
        expect(message).not.toMatch(/[Rr]einstall|npm install/);
      }
    });

    it("a file of the bundle that is gone, as after a new release", async () => {
      const { code, message } = await call("modules", { missing: /ort\.\S+\.js$/ }, "start('onnx')");
      expect([code, message]).toEqual([
        "BACKEND_UNAVAILABLE",
        expect.stringContaining("Deploy all files of one build"),
      ]);
    });

    it("an address that esbuild lost, or a file that it left behind", async () => {
      const iife = await call("esbuild", {}, `start("onnx")`, "/iife.html");
      expect(iife.message).toMatch(
        /a bundler removed the address of its script\. Copy .*ort-wasm-simd-threaded\.wasm .*wasmPaths/,
      );
      const esm = await call("esbuild", {}, `start("onnx")`, "/esm.html");
      expect(esm.message).toMatch(/answered 404 for \/ort-wasm-simd-threaded\.wasm.* Copy .*wasmPaths/);
    });

    it("a runtime that was left out of the bundle, where the page has no address of it", async () => {
      const { code, message } = await call("esbuild", {}, `start("onnx")`, "/unmapped.html");
      expect([code, message]).toEqual(["BACKEND_UNAVAILABLE", expect.stringMatching(/bundle it, or .* import map/)]);
    });

    it("once more with the first cause at the next attempt, because the runtime does not start twice", async () => {
      const twice = `start("onnx").then(() => start("onnx"))`;
      const { message } = await call("modules", { missing: any }, twice);
      expect(message).toMatch(/failed to start before.*answered 404 for .*reload the page/);
    });
  });

  describe("starts", () => {
    it("while bytes arrive, however long that takes", async () => {
      const slow = { path: /\.wasm$/, parts: 6, milliseconds: 500, ends: true };
      for (const id of runtimes) {
        const options = JSON.stringify({ startTimeout: 2500, ...(id === "tfjs" ? { wasmPaths: "/wasm/" } : {}) });
        expect(await call("modules", { slow }, `start('${id}', ${options})`)).toEqual({ threads: 1 });
      }
    });

    it("slower with a wrong media type, and says so", async () => {
      const behaviour = { mediaTypes: { ".wasm": "text/plain" } };
      for (const id of runtimes) {
        expect(await call("modules", behaviour, `start('${id}', { wasmPaths: "/wasm/" })`)).toEqual({
          threads: 1,
          notes: [expect.stringMatching(/^serve \/wasm\/\S+\.wasm as application\/wasm/)],
        });
      }
    });

    it("from the folder that wasmPaths names, in bundles of esbuild too", async () => {
      const script = `start("onnx", { wasmPaths: "/wasm/" })`;
      expect(await call("modules", { missing: /assets\/.*\.wasm$/ }, script)).toEqual({ threads: 1 });
      for (const path of ["/iife.html", "/esm.html", "/external.html"]) {
        expect(await call("esbuild", {}, script, path)).toEqual({ threads: 1 });
      }
    });
  });
});
