import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type Plugin, type Rollup } from "vite";

/** What a page would download. */
export interface Bundle {
  /** All JavaScript, joined. */
  readonly code: string;
  /** The names of the WebAssembly files that were bundled. */
  readonly wasmFiles: readonly string[];
  /** Bytes, gzipped. */
  readonly javascript: number;
  readonly wasm: number;
}

const ENTRY = "page.js";
const runtimePackages = [/onnxruntime-(web|common)/, /@tensorflow\//];

/**
 * Builds a page whose whole program is the given text, minified as for production.
 *
 * @param withoutRuntimes leaves the runtimes' packages out of the bundle
 */
export async function buildPage(program: string, { withoutRuntimes = false } = {}): Promise<Bundle> {
  const output = await build({
    root: fileURLToPath(new URL("../..", import.meta.url)),
    configFile: false,
    logLevel: "silent",
    plugins: [entry(program)],
    build: {
      target: "esnext",
      write: false,
      rollupOptions: { input: ENTRY, external: withoutRuntimes ? runtimePackages : [] },
    },
  });
  const files = (Array.isArray(output) ? output : [output]).flatMap((one) => ("output" in one ? one.output : []));
  const scripts = files.filter(({ fileName }) => /\.m?js$/.test(fileName)).map(textOf);
  const wasm = files.filter(({ fileName }) => fileName.endsWith(".wasm"));
  return {
    code: scripts.join("\n"),
    wasmFiles: wasm.map(({ fileName }) => fileName),
    javascript: sum(scripts.map(gzipped)),
    wasm: sum(wasm.map((file) => gzipped(contentOf(file)))),
  };
}

/** Bytes of a file, gzipped. */
export function gzippedFile(path: string): number {
  return gzipped(readFileSync(path));
}

/** The page is not on disk. */
function entry(program: string): Plugin {
  return {
    name: "page",
    resolveId: (id) => (id === ENTRY ? `\0${ENTRY}` : undefined),
    load: (id) => (id === `\0${ENTRY}` ? program : undefined),
  };
}

type File = Rollup.OutputAsset | Rollup.OutputChunk;

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
