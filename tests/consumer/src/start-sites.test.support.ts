import { cp, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { build } from "vite";
import { root, type PackedProject } from "./packed-project.test.support.js";

/** What the start of a backend in a page ended in. */
export interface Outcome {
  readonly threads?: number;
  readonly notes?: readonly string[];
  readonly code?: string;
  readonly message?: string;
}

/** Starts a backend, computes with it and tells what it is; the failure otherwise. */
const start = `
import { evaluate, float32 } from "@isoconv/core-spec";
export async function start(module, options) {
  try {
    const backend = await module.createBackend(options);
    const { data } = await evaluate(backend, "relu", { x: float32([2], [-1, 1]) });
    const { threads, notes } = backend.capabilities;
    return data.join() === "0,1" ? { threads, notes } : { message: "wrong result: " + data.join() };
  } catch ({ code, message }) {
    return { code, message };
  }
}
`;

/** Computes again and again, and tells when it has begun. */
const busy = `
import { evaluate, float32 } from "@isoconv/core-spec";
export async function busy(module, options, tell) {
  const backend = await module.createBackend(options);
  const inputs = { x: float32([1, 16, 64, 64]), w: float32([16, 16, 3, 3]) };
  for (let run = 0; ; run += 1) {
    await evaluate(backend, "conv2d", inputs);
    if (run === 1) tell("busy");
  }
}
`;

const page = `
import { busy } from "./busy.js";
import { start } from "./start.js";
const modules = {
  onnx: () => import("@isoconv/backend-onnx/wasm"),
  tfjs: () => import("@isoconv/backend-tfjs/wasm"),
};
window.start = async (id, options) => start(await modules[id](), options);
const newWorker = () => new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
window.startInWorker = (options, worker = newWorker()) => new Promise((resolve, reject) => {
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = ({ message }) => reject(new Error(message));
  worker.postMessage(options);
});
window.terminateBusyWorker = async (options) => {
  const worker = newWorker();
  const told = await window.startInWorker({ ...options, isBusy: true }, worker);
  worker.terminate();
  return told;
};
window.keepBusy = async (id) => {
  const module = await modules[id]();
  return new Promise((resolve, reject) => void busy(module, { wasmPaths: "/wasm/" }, resolve).catch(reject));
};
`;

const worker = `
import * as onnx from "@isoconv/backend-onnx/wasm";
import { busy } from "./busy.js";
import { start } from "./start.js";
self.onmessage = async ({ data: { isBusy, ...options } }) => {
  if (isBusy) await busy(onnx, options, (text) => self.postMessage(text));
  else self.postMessage(await start(onnx, options));
};
`;

/** All in one file: what esbuild makes of a program unless it is told to split it. */
const single = `
import * as onnx from "@isoconv/backend-onnx/wasm";
import { start } from "./start.js";
window.start = (_id, options) => start(onnx, options);
`;

const wasm = {
  onnx: "node_modules/onnxruntime-web/dist",
  tfjs: "node_modules/@tensorflow/tfjs-backend-wasm/dist",
} as const;

/** Folders to serve. */
export interface Sites {
  /** Vite's build with workers as it makes them unless it is told otherwise: classic scripts, each a single file. */
  readonly classic: string;
  /** The same with \`worker: { format: "es" }\`. */
  readonly modules: string;
  /** esbuild's, of one program: \`iife.html\`, \`esm.html\` and \`external.html\`. The runtimes' files are in \`wasm/\`. */
  readonly esbuild: string;
}

export async function buildSites({ path }: PackedProject): Promise<Sites> {
  const source = join(path, "start");
  await mkdir(join(source, "public/wasm"), { recursive: true });
  for (const [name, text] of Object.entries({ start, busy, main: page, worker, single })) {
    await writeFile(join(source, `${name}.js`), text);
  }
  await writeFile(join(source, "index.html"), '<!doctype html><script type="module" src="/main.js"></script>');
  for (const folder of Object.values(wasm)) {
    for (const file of await readdir(join(root, folder))) {
      if (/threaded\.wasm$|backend-wasm.*\.wasm$/.test(file)) {
        await cp(join(root, folder, file), join(source, "public/wasm", file));
      }
    }
  }
  const [classic, modules, bundled] = ["classic", "modules", "esbuild"].map((name) => join(path, "sites", name));
  await viteBuild(source, classic, "iife");
  await viteBuild(source, modules, "es");
  await esbuildAll(source, bundled);
  return { classic, modules, esbuild: bundled };
}

async function viteBuild(source: string, outDir: string, format: "iife" | "es"): Promise<void> {
  const options = { outDir, emptyOutDir: true, target: "esnext", minify: false } as const;
  await build({ root: source, configFile: false, logLevel: "error", build: options, worker: { format } });
}

async function esbuildAll(source: string, outdir: string): Promise<void> {
  const common = {
    entryPoints: [join(source, "single.js")],
    bundle: true,
    logLevel: "error",
  } satisfies esbuild.BuildOptions;
  await esbuild.build({
    ...common,
    format: "iife",
    outfile: join(outdir, "iife.js"),
    logOverride: { "empty-import-meta": "silent" },
  });
  await esbuild.build({ ...common, format: "esm", outfile: join(outdir, "esm.js") });
  await esbuild.build({
    ...common,
    format: "esm",
    outfile: join(outdir, "external.js"),
    external: ["onnxruntime-web"],
  });
  await cp(join(source, "public/wasm"), join(outdir, "wasm"), { recursive: true });
  await cp(join(root, wasm.onnx, "ort.wasm.bundle.min.mjs"), join(outdir, "ort.js"));
  const map = JSON.stringify({ imports: { "onnxruntime-web/wasm": "/ort.js" } });
  const script = (name: string): string => `<!doctype html><script type="module" src="/${name}.js"></script>`;
  await writeFile(join(outdir, "iife.html"), '<!doctype html><script src="/iife.js"></script>');
  await writeFile(join(outdir, "esm.html"), script("esm"));
  await writeFile(join(outdir, "unmapped.html"), script("external"));
  await writeFile(
    join(outdir, "external.html"),
    script("external").replace("<script", `<script type="importmap">${map}</script><script`),
  );
}
