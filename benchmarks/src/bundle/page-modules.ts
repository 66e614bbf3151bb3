import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { backendsOn } from "@isoconv/backends";

/** The modules that bring a runtime to a page: all but the reference's. */
export const pageModules: readonly string[] = backendsOn("page").flatMap(({ id, module }) =>
  id === "reference" ? [] : [module],
);

/** WebAssembly that a runtime's package has fetched from a folder of the page's: the file that current browsers take. */
const fetched: Readonly<Record<string, string>> = {
  "@tensorflow/tfjs-backend-wasm": "dist/tfjs-backend-wasm-threaded-simd.wasm",
};

/** The files that are fetched beside a bundle with these files of runtimes. */
export function fetchedFiles(runtimeFiles: readonly string[]): readonly string[] {
  return Object.entries(fetched).flatMap(([name, file]) =>
    runtimeFiles.some((path) => path.includes(`/node_modules/${name}/`)) ? [packageFile(name, file)] : [],
  );
}

/** The file of a package, whatever its manifest exports. */
function packageFile(name: string, file: string): string {
  return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), file);
}
