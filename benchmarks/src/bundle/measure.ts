import { buildPage, gzippedFile, type Bundle } from "./build-page.js";
import { packageFile } from "./exported-subpaths.js";
import { runtimes, type Runtime, type RuntimeName } from "./subpaths.js";

/** Bytes, gzipped, of a page that can create a backend of one subpath. */
export interface BundleSize {
  readonly subpath: string;
  readonly bundle: Bundle;
  /** Of a page that imports the runtime alone. */
  readonly alone: Bundle;
  /** The JavaScript that is not the runtime's: isoconv's and what it depends on. */
  readonly own: number;
  /** WebAssembly that is fetched beside the bundle. */
  readonly fetched: number;
}

/** Builds a page with the subpath, one with its runtime alone, and one without the runtime. */
export async function measureBundle(subpath: string, runtime: RuntimeName): Promise<BundleSize> {
  const program = `import { createBackend, isAvailable } from "${subpath}"; globalThis.isoconv = { createBackend, isAvailable };`;
  const { fetched }: Runtime = runtimes[runtime];
  return {
    subpath,
    bundle: await buildPage(program),
    alone: await buildRuntime(runtime),
    own: (await buildPage(program, { withoutRuntimes: true })).javascript,
    fetched: fetched === undefined ? 0 : gzippedFile(packageFile(fetched)),
  };
}

/** A page that imports a runtime as the adapters do, whole and lazily. */
export function buildRuntime(runtime: RuntimeName): Promise<Bundle> {
  const imports = runtimes[runtime].modules.map((module) => `import("${module}")`);
  return buildPage(`globalThis.runtime = Promise.all([${imports.join(", ")}]);`);
}
