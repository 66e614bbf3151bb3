import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { isFull, readManifest } from "./workspace.js";

/** The bundlers, compilers and runtimes of the recipes, or why they are not here. */
export type Toolchain = { readonly folder: string } | { readonly lack: string };

/** They are not dependencies of the workspace, since they are large and several of them are called `tsc`. */
const folder = fileURLToPath(new URL("../toolchain", import.meta.url));

/** Installs what the lock file names, unless it is installed: 700 MB, for `npm run test:full` only. No install script runs. */
export async function installToolchain(): Promise<Toolchain> {
  if (!isFull) return { lack: "npm run test:full installs the bundlers and compilers" };
  if (await isInstalled()) return { folder };
  try {
    await promisify(execFile)("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: folder });
  } catch (error) {
    return { lack: `npm ci in tests/consumer/toolchain: ${String(error)}` };
  }
  return { folder };
}

/** Whether every dependency is there in its version, such as `5.113.0` or `npm:typescript@5.0.4`. */
async function isInstalled(): Promise<boolean> {
  const { dependencies = {} } = await readManifest(folder);
  const found = await Promise.all(
    Object.entries(dependencies).map(async ([name, pinned]) => {
      const manifest = await readManifest(join(folder, "node_modules", name)).catch(() => undefined);
      return manifest?.version === pinned.slice(pinned.lastIndexOf("@") + 1);
    }),
  );
  return found.every(Boolean);
}

/** Whether a missing toolchain is a failure. */
const isRequired = isFull && (process.env["CI"] ?? "") !== "";

/**
 * The folder of the toolchain.
 *
 * @param skip skips the test, with the reason
 * @throws Error if it cannot be installed in `npm run test:full` where `CI` is set
 */
export function folderOf(toolchain: Toolchain, skip: (reason: string) => never): string {
  if ("folder" in toolchain) return toolchain.folder;
  if (isRequired) throw new Error(toolchain.lack);
  return skip(toolchain.lack);
}
