import { readFileSync } from "node:fs";
import { constants } from "node:os";

/** What the system's loader says of a shared library. */
export type LibraryFinding =
  | { readonly library: string; readonly found: true; readonly file: string | null }
  | { readonly library: string; readonly found: false; readonly reason: string };

/** Linux's flag that keeps a library after it is closed, as Node closes what is no addon. Not among Node's constants. */
const RTLD_NODELETE = 0x1000;

/**
 * Has the system's loader load a library, with whatever it needs in its turn. It stays loaded, and code of it runs: to be
 * called in a process of its own.
 */
export function loadLibrary(library: string): LibraryFinding {
  try {
    process.dlopen({ exports: {} }, library, constants.dlopen.RTLD_LAZY | RTLD_NODELETE);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    // Node complains that it is no addon, after it has been loaded.
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
    // Only Linux tells.
    return null;
  }
}

/** The file of the version asked for, beside which another may be loaded; or of any, as links may lead to other names. */
export function preferredFile(library: string, paths: readonly string[]): string | null {
  const stem = library.replace(/\.so.*/, ".so");
  const [asked, any] = [library, stem].map((name) => paths.find((path) => path.includes(`/${name}`)));
  return asked ?? any ?? null;
}
