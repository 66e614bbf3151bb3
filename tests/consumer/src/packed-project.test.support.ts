import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const execute = promisify(execFile);
export const root = fileURLToPath(new URL("../../..", import.meta.url));

/** The parts of a package.json that the tests read. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly license?: string;
  readonly keywords?: readonly string[];
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

export async function readManifest(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as Manifest;
}

/** The folders of all packages that are published: those that are not private. */
async function publishedFolders(): Promise<readonly string[]> {
  const folders = [...(await readdir(join(root, "packages"))).map((name) => `packages/${name}`), "apps/cli"];
  const manifests = await Promise.all(folders.map((folder) => readManifest(join(root, folder))));
  return folders.filter((_, index) => manifests[index].private !== true);
}
const folders = await publishedFolders();

/** Their names, without the scope. */
export const packages = folders.map((folder) => folder.slice(folder.indexOf("/") + 1));

/** What `npm pack` made of a package. */
export interface Tarball {
  readonly name: string;
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/** Packs every published package into a folder. */
export async function packAll(destination: string): Promise<readonly Tarball[]> {
  const packed = await execute(
    "npm",
    ["pack", "--json", "--pack-destination", destination, ...folders.map((folder) => `./${folder}`)],
    { cwd: root, maxBuffer: 2 ** 24 },
  );
  return Object.values<Tarball>(JSON.parse(packed.stdout));
}

/** A temporary folder, and a function that deletes it. */
export interface PackedProject {
  readonly path: string;
  readonly tarballs: readonly Tarball[];
  readonly remove: () => Promise<void>;
}

/** A project whose @isoconv packages come from the tarballs; all other packages are those of the workspace. */
export async function packedProject(): Promise<PackedProject> {
  const project = await mkdtemp(join(tmpdir(), "isoconv-consumer-"));
  const modules = join(project, "node_modules");
  const tarballs = await packAll(project);
  for (const { name, filename } of tarballs) {
    const target = join(modules, name);
    await mkdir(target, { recursive: true });
    await execute("tar", ["-xzf", join(project, filename), "-C", target, "--strip-components=1"]);
  }
  for (const name of await readdir(join(root, "node_modules"))) {
    if (name === "@isoconv" || name.startsWith(".")) continue;
    await symlink(join(root, "node_modules", name), join(modules, name));
  }
  await writeFile(join(project, "package.json"), JSON.stringify({ name: "consumer", type: "module", private: true }));
  return { path: project, tarballs, remove: () => rm(project, { recursive: true, force: true }) };
}
