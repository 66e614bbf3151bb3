import { examineApart } from "./examine-apart.js";
import type { LibraryFinding } from "./load-library.js";

/** Has the system's loader look for shared libraries, in a process of its own: what it finds, it runs. */
export async function findLibraries(libraries: readonly string[]): Promise<readonly LibraryFinding[]> {
  const findings = await examineApart({ kind: "libraries", libraries });
  if (!("crash" in findings)) return findings;
  return libraries.map((library) => ({ library, found: false, reason: findings.crash }));
}
