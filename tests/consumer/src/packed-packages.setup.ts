import { mkdir, mkdtemp, readdir, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { execute, readManifest, root } from "./workspace.js";

/** What `npm pack` made of a package. */
export interface Tarball {
  readonly name: string;
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

declare module "vitest" {
  export interface ProvidedContext {
    /** A folder with the tarballs, and with `node_modules` that have what is in them. */
    readonly packed: { readonly path: string; readonly tarballs: readonly Tarball[] };
  }
}

/**
 * Packs every published package once for all tests. The @isoconv packages come from the tarballs; all other packages are those
 * of the workspace.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const path = await mkdtemp(join(tmpdir(), "isoconv-packed-"));
  const modules = join(path, "node_modules");
  const tarballs = await packAll(path);
  for (const { name, filename } of tarballs) {
    const target = join(modules, name);
    await mkdir(target, { recursive: true });
    await execute("tar", ["-xzf", join(path, filename), "-C", target, "--strip-components=1"]);
  }
  for (const name of await readdir(join(root, "node_modules"))) {
    if (name === "@isoconv" || name.startsWith(".")) continue;
    await symlink(join(root, "node_modules", name), join(modules, name));
  }
  project.provide("packed", { path, tarballs });
  return () => rm(path, { recursive: true, force: true });
}

async function packAll(destination: string): Promise<readonly Tarball[]> {
  const folders = await publishedFolders();
  const packed = await execute(
    "npm",
    ["pack", "--json", "--pack-destination", destination, ...folders.map((folder) => `./${folder}`)],
    { cwd: root, maxBuffer: 2 ** 24 },
  );
  return Object.values<Tarball>(JSON.parse(packed.stdout));
}

/** The folders of all packages that are published: those that are not private. */
async function publishedFolders(): Promise<readonly string[]> {
  const folders = [...(await readdir(join(root, "packages"))).map((name) => `packages/${name}`), "apps/cli"];
  const manifests = await Promise.all(folders.map((folder) => readManifest(join(root, folder))));
  return folders.filter((_, index) => manifests[index].private !== true);
}
