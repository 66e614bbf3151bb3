import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const execute = promisify(execFile);
export const root = fileURLToPath(new URL("../../..", import.meta.url));
export const packages = [
  "core-spec",
  "weights",
  "backend-reference",
  "backend-tfjs",
  "backend-onnx",
  "nn",
  "zoo",
  "conformance",
];
const folders = [...packages.map((name) => `packages/${name}`), "apps/cli"];

/** A folder to work in, and how to get rid of it. */
export interface PackedProject {
  readonly path: string;
  readonly remove: () => Promise<void>;
}

/** A project with the tarballs' content as its @isoconv packages and everything else as the workspace installed it. */
export async function packedProject(): Promise<PackedProject> {
  const project = await mkdtemp(join(tmpdir(), "isoconv-consumer-"));
  const modules = join(project, "node_modules");
  const packed = await execute(
    "npm",
    ["pack", "--json", "--pack-destination", project, ...folders.map((folder) => `./${folder}`)],
    { cwd: root },
  );
  const tarballs = Object.values<{ name: string; filename: string }>(JSON.parse(packed.stdout));
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
  return { path: project, remove: () => rm(project, { recursive: true, force: true }) };
}
