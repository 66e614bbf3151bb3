import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import type { Tarball } from "./packed-packages.setup.js";

export { execute, isFull, readManifest, root } from "./workspace.js";

/** The published packages' names, without the scope. */
export const packages = inject("packed").tarballs.map(({ name }) => name.replace("@isoconv/", ""));

/** A temporary folder, and a function that deletes it. */
export interface PackedProject {
  readonly path: string;
  readonly tarballs: readonly Tarball[];
  readonly remove: () => Promise<void>;
}

/** A project of its own with the packed packages. */
export async function packedProject(): Promise<PackedProject> {
  const { path: packed, tarballs } = inject("packed");
  const project = await mkdtemp(join(tmpdir(), "isoconv-consumer-"));
  for (const name of ["node_modules", ...tarballs.map(({ filename }) => filename)]) {
    await symlink(join(packed, name), join(project, name));
  }
  await writeFile(join(project, "package.json"), JSON.stringify({ name: "consumer", type: "module", private: true }));
  return { path: project, tarballs, remove: () => rm(project, { recursive: true, force: true }) };
}
