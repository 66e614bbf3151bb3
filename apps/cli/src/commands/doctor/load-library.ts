import { readFileSync } from "node:fs";
import { constants } from "node:os";

/** The result of loading a shared library with the system's loader. */
export type LibraryFinding =
  | { readonly library: string; readonly found: true; readonly file: string | null }
  | { readonly library: string; readonly found: false; readonly reason: string };

/** Linux's flag that keeps a library loaded after Node closes it for not being an addon. Not among Node's constants. */
const RTLD_NODELETE = 0x1000;

/**
 * Loads a library and its dependencies with the system's loader. It stays loaded and its initialisers run: call this in
 * a separate process.
 */
export function loadLibrary(library: string): LibraryFinding {
  try {
    process.dlopen({ exports: {} }, library, constants.dlopen.RTLD_LAZY | RTLD_NODELETE);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    // Node reports that a library is not an addon only after the library has been loaded.
    if (!/did not self-register/.test(reason)) return { library, found: false, reason };
  }
  return { library, found: true, file: mappedFile(library) };
}

function mappedFile(library: string): string | null {
  try {
    const paths = readFileSync("/proc/self/maps", "utf8").matchAll(/\/\S+$/gm);
    return preferredFile(
      library,
      [...paths].map(([path]) => path),
    );
  } catch {
    // Only Linux has /proc/self/maps.
    return null;
  }
}

/** The file of the requested version, as others may be loaded too; else of any version, as links may change names. */
export function preferredFile(library: string, paths: readonly string[]): string | null {
  const stem = library.replace(/\.so.*/, ".so");
  const [asked, any] = [library, stem].map((name) => paths.find((path) => path.includes(`/${name}`)));
  return asked ?? any ?? null;
}
