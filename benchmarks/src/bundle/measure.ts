import { buildPage, gzippedFile, type Bundle } from "./build-page.js";
import { fetchedFiles } from "./page-modules.js";

/** Bytes, gzipped, of a page that can create a backend of one module. */
export interface BundleSize {
  readonly module: string;
  readonly bundle: Bundle;
  /** Of a page that imports only the runtime. */
  readonly alone: Bundle;
  /** The JavaScript that is not the runtime's: isoconv and its dependencies. */
  readonly own: number;
  /** WebAssembly that is downloaded separately from the bundle. */
  readonly fetched: number;
}

/** Builds a page with the module, one with its runtime alone, and one without the runtime. */
export async function measureBundle(module: string): Promise<BundleSize> {
  const program = `import { createBackend, isAvailable } from "${module}"; globalThis.isoconv = { createBackend, isAvailable };`;
  const bundle = await buildPage(program);
  const fetched = fetchedFiles(bundle.runtimeFiles).map(gzippedFile);
  return {
    module,
    bundle,
    alone: await buildRuntime(bundle.runtimeEntries),
    own: (await buildPage(program, { withoutRuntimes: true })).javascript,
    fetched: fetched.reduce((total, bytes) => total + bytes, 0),
  };
}

/** A page that imports a runtime as the adapters do, whole and lazily. */
function buildRuntime(entries: readonly string[]): Promise<Bundle> {
  return buildPage(`globalThis.runtime = Promise.all([${entries.map((file) => `import("${file}")`).join(", ")}]);`);
}
