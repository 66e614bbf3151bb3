import { access, constants, writeFile } from "node:fs/promises";
import { dirname, extname } from "node:path";
import { reasonOf } from "./files.js";
import { UsageError } from "./usage-error.js";

/** The path that means standard output. */
export const STDOUT = "-";

/** What a command writes to a file. */
export type Content = "safetensors" | "SVG" | "HTML" | "JSON";

/** What a file of a known extension holds; any content may go to a file of another extension. */
const CONTENT_OF: Readonly<Record<string, Content | "something else">> = {
  ".safetensors": "safetensors",
  ".svg": "SVG",
  ".html": "HTML",
  ".htm": "HTML",
  ".json": "JSON",
  ...Object.fromEntries(
    [
      [".bin", ".csv", ".gz", ".h5", ".jpeg", ".jpg", ".md", ".npy", ".npz", ".onnx", ".pdf"],
      [".png", ".pt", ".pth", ".tar", ".txt", ".webp", ".xml", ".yaml", ".zip"],
    ]
      .flat()
      .map((extension) => [extension, "something else"] as const),
  ),
};

/**
 * Checks, before any work is done, that a file can be written at the path and that its extension says what it will
 * hold.
 *
 * @throws UsageError
 */
export async function checkOutput(path: string | undefined, content: Content): Promise<void> {
  const extension = path === undefined ? "" : extname(path).toLowerCase();
  const expected = CONTENT_OF[extension];
  if (expected !== undefined && expected !== content) {
    const fitting = Object.keys(CONTENT_OF).find((key) => CONTENT_OF[key] === content) ?? "";
    throw new UsageError(
      `${path ?? ""}: the command writes ${content}, not what ${extension} stands for; use ${fitting}`,
    );
  }
  if (path !== STDOUT) await checkWritable(path);
}

/**
 * Checks, before any work is done, that a file or folder can be made at the path.
 *
 * @throws UsageError
 */
export async function checkWritable(path: string | undefined): Promise<void> {
  if (path === undefined) return;
  try {
    await access(dirname(path), constants.W_OK);
  } catch (cause) {
    throw new UsageError(`cannot write ${path}: ${reasonOf(cause)}`);
  }
}

/**
 * Writes a file, or standard output for `-`.
 *
 * @throws UsageError
 */
export async function writeResult(path: string, content: Uint8Array | string): Promise<void> {
  if (path === STDOUT) {
    process.stdout.write(content);
    return;
  }
  try {
    await writeFile(path, content);
  } catch (cause) {
    throw new UsageError(`cannot write ${path}: ${reasonOf(cause)}`);
  }
}
