import { createReadStream } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));
const pages = ["index.html", "gpu.html", "doctor.html", "vision.html", "hostile.html", "download.html"];
const wasmFolder = dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm"));
const wasmFiles = ["", "-simd", "-threaded-simd"].map((kind) => `tfjs-backend-wasm${kind}.wasm`);

/** TensorFlow.js downloads its WebAssembly from a folder that the page names, here `/tfjs-wasm/`. */
export const serveTfjsWasm: Plugin = {
  name: "serve-tfjs-wasm",
  configureServer({ middlewares }) {
    middlewares.use("/tfjs-wasm", ({ url }, response, next) => {
      const file = wasmFiles.find((name) => url === `/${name}`);
      if (file === undefined) return next();
      response.setHeader("Content-Type", "application/wasm");
      createReadStream(join(wasmFolder, file)).pipe(response);
    });
  },
  async generateBundle() {
    for (const file of wasmFiles) {
      this.emitFile({ type: "asset", fileName: `tfjs-wasm/${file}`, source: await readFile(join(wasmFolder, file)) });
    }
  },
};

/** Builds the pages as for the web, minified, into a new temporary folder. */
export async function buildSite(): Promise<{ readonly folder: string; readonly remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "isoconv-site-"));
  await build({
    root,
    configFile: false,
    logLevel: "error",
    plugins: [serveTfjsWasm],
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: "esnext",
      rolldownOptions: { input: pages.map((page) => join(root, page)) },
    },
  });
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
