import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { defineConfig, type Plugin } from "vite";

const wasmFolder = dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm"));
const wasmFiles = ["", "-simd", "-threaded-simd"].map((kind) => `tfjs-backend-wasm${kind}.wasm`);

/** TensorFlow.js fetches its WebAssembly from a folder that the page names: here `tfjs-wasm/`. */
const serveTfjsWasm: Plugin = {
  name: "serve-tfjs-wasm",
  configureServer({ middlewares }) {
    middlewares.use("/tfjs-wasm", async ({ url }, response, next) => {
      const file = wasmFiles.find((name) => url === `/${name}`);
      if (file === undefined) return next();
      response.setHeader("Content-Type", "application/wasm");
      response.end(await readFile(join(wasmFolder, file)));
    });
  },
  async generateBundle() {
    for (const file of wasmFiles) {
      this.emitFile({ type: "asset", fileName: `tfjs-wasm/${file}`, source: await readFile(join(wasmFolder, file)) });
    }
  },
};

/** With them the page may share memory, and WebAssembly gets threads; hosts that cannot send them serve one thread. */
const isolating = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

export default defineConfig({
  // Relative, so that the page may lie in any folder of a host.
  base: "./",
  build: {
    // What every browser of the last years reads; the runtimes bring their own floor.
    target: "baseline-widely-available",
    outDir: "dist",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    // Of what is bundled, to be kept with it.
    license: { fileName: "licences.md" },
  },
  worker: { format: "es" },
  plugins: [serveTfjsWasm],
  server: { headers: isolating },
  preview: { headers: isolating },
  optimizeDeps: { exclude: ["onnxruntime-web"] },
});
