import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, preview, type InlineConfig, type Plugin, type PreviewServer } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));
const wasmFiles = ["", "-simd", "-threaded-simd"].map((kind) => `tfjs-backend-wasm${kind}.wasm`);

/** TensorFlow.js fetches its WebAssembly from a folder that the page names. */
const serveTfjsWasm: Plugin = {
  name: "serve-tfjs-wasm",
  async generateBundle() {
    const folder = dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm"));
    for (const file of wasmFiles) {
      this.emitFile({ type: "asset", fileName: `tfjs-wasm/${file}`, source: await readFile(join(folder, file)) });
    }
  },
};

/** Builds the page into `outDir` and serves it. */
export async function serveSite(outDir: string): Promise<PreviewServer> {
  const shared: InlineConfig = { root, configFile: false, logLevel: "error", plugins: [serveTfjsWasm] };
  await build({ ...shared, build: { outDir, emptyOutDir: true, target: "esnext", minify: false } });
  return preview({ ...shared, build: { outDir }, preview: { port: 0, host: "127.0.0.1" } });
}
