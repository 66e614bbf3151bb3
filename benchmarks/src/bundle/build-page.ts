import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type Plugin, type Rollup } from "vite";

/** The files that a page would download. */
export interface Bundle {
  /** The bundled files of runtimes' packages. */
  readonly runtimeFiles: readonly string[];
  /** Files of runtimes' packages that other code imports, bundled or not. */
  readonly runtimeEntries: readonly string[];
  /** The names of the WebAssembly files that were bundled. */
  readonly wasmFiles: readonly string[];
  /** Bytes, gzipped; without files of isoconv that a page fetches only after a failure. */
  readonly javascript: number;
  readonly wasm: number;
}

const ENTRY = "page.js";
const RUNTIME_FILE = /\/node_modules\/(onnxruntime-(web|common)|@tensorflow)\//;

/**
 * Builds a page from the text of its program, minified as for production.
 *
 * @param withoutRuntimes leaves the runtimes' packages out of the bundle
 */
export async function buildPage(program: string, { withoutRuntimes = false } = {}): Promise<Bundle> {
  const entries = new Set<string>();
  const output = await build({
    root: fileURLToPath(new URL("../..", import.meta.url)),
    configFile: false,
    logLevel: "silent",
    plugins: [entry(program), watchRuntimes(entries, withoutRuntimes)],
    build: {
      target: "esnext",
      write: false,
      rollupOptions: { input: ENTRY },
    },
  });
  const files = (Array.isArray(output) ? output : [output]).flatMap((one) => ("output" in one ? one.output : []));
  const scripts = files.filter((file) => /\.m?js$/.test(file.fileName) && !isOnDemand(file)).map(textOf);
  const wasm = files.filter(({ fileName }) => fileName.endsWith(".wasm"));
  const modules = files.flatMap((file) => (file.type === "chunk" ? file.moduleIds : []));
  return {
    runtimeFiles: modules.filter((id) => RUNTIME_FILE.test(id)).toSorted(),
    runtimeEntries: [...entries].toSorted(),
    wasmFiles: wasm.map(({ fileName }) => fileName),
    javascript: sum(scripts.map(gzipped)),
    wasm: sum(wasm.map((file) => gzipped(contentOf(file)))),
  };
}

/** Bytes of a file, gzipped. */
export function gzippedFile(path: string): number {
  return gzipped(readFileSync(path));
}

/** Serves the page's source from memory. */
function entry(program: string): Plugin {
  return {
    name: "page",
    resolveId: (id) => (id === ENTRY ? `\0${ENTRY}` : undefined),
    load: (id) => (id === `\0${ENTRY}` ? program : undefined),
  };
}

/** Notes which files of runtimes are imported from outside their packages, and may leave them out of the bundle. */
function watchRuntimes(entries: Set<string>, leaveOut: boolean): Plugin {
  return {
    name: "runtimes",
    enforce: "pre",
    async resolveId(source, importer, options) {
      if (importer === undefined || RUNTIME_FILE.test(importer)) return undefined;
      const resolved = await this.resolve(source, importer, { ...options, skipSelf: true });
      if (resolved === null || !RUNTIME_FILE.test(resolved.id)) return undefined;
      entries.add(resolved.id);
      return leaveOut ? { ...resolved, external: true } : resolved;
    },
  };
}

type File = Rollup.OutputAsset | Rollup.OutputChunk;

/** Whether isoconv imports a chunk lazily: it does that with runtimes, and with the advice on failures. */
function isOnDemand(file: File): boolean {
  return file.type === "chunk" && file.isDynamicEntry && !file.moduleIds.some((id) => RUNTIME_FILE.test(id));
}

function contentOf(file: File): string | Uint8Array {
  return file.type === "chunk" ? file.code : file.source;
}

function textOf(file: File): string {
  const content = contentOf(file);
  return typeof content === "string" ? content : new TextDecoder().decode(content);
}

function gzipped(content: string | Uint8Array): number {
  return gzipSync(content, { level: 9 }).length;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
