import { examineApart } from "./examine-apart.js";
import type { LibraryFinding } from "./load-library.js";

/** Looks for shared libraries with the system's loader, in a separate process, since loading runs a library's code. */
export async function findLibraries(libraries: readonly string[]): Promise<readonly LibraryFinding[]> {
  const findings = await examineApart({ kind: "libraries", libraries });
  if (!("crash" in findings)) return findings;
  return libraries.map((library) => ({ library, found: false, reason: findings.crash }));
}
