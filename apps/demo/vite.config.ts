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

/** With these headers the page can share memory, so WebAssembly gets threads. Without them it has one thread. */
const isolating = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

export default defineConfig({
  // Relative, so that the page can be served from any folder.
  base: "./",
  build: {
    // Supported by all browsers of recent years; the runtimes have requirements of their own.
    target: "baseline-widely-available",
    outDir: "dist",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    // The licences of the bundled packages, to be published with the page.
    license: { fileName: "licences.md" },
  },
  worker: { format: "es" },
  plugins: [serveTfjsWasm],
  server: { headers: isolating },
  preview: { headers: isolating },
  optimizeDeps: { exclude: ["onnxruntime-web", "@jsquash/jpeg", "@jsquash/png", "@jsquash/webp"] },
});
