import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

export interface ReproRun {
  readonly status: number | null;
  readonly printed: string;
}

/** Runs the JavaScript of a repro's README in the repro's folder, as maintainers of the runtime would. */
export async function runRepro(files: ReadonlyMap<string, Buffer>): Promise<ReproRun> {
  // The folder is inside the package, so that the snippet finds onnxruntime-node.
  const build = fileURLToPath(new URL("../dist", import.meta.url));
  await mkdir(build, { recursive: true });
  const folder = await mkdtemp(join(build, "repro-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, content] of files) await writeFile(join(folder, name), content);
  const [, snippet = ""] = /```js\n(.*?)```/s.exec(String(files.get("README.md"))) ?? [];
  await writeFile(join(folder, "run.mjs"), snippet);
  const { status, stdout, stderr } = spawnSync(process.execPath, ["run.mjs"], { cwd: folder, encoding: "utf8" });
  return { status, printed: stdout + stderr };
}
