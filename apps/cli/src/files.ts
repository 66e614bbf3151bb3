import { access, constants, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { IsoconvError, isIsoconvError, type ErrorCode } from "@isoconv/core-spec";
import { readWeights, type SafetensorsFile } from "@isoconv/weights";
import { UsageError } from "./usage-error.js";

/**
 * Reads a safetensors file. Errors name the file.
 *
 * @param code the error code if the file cannot be read
 * @throws IsoconvError `code`, or `INVALID_WEIGHTS` if it is not a safetensors file
 */
export async function readTensorFile(
  path: string,
  code: Extract<ErrorCode, "INVALID_WEIGHTS" | "INVALID_FEED">,
): Promise<SafetensorsFile> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw new IsoconvError(code, {
      path,
      what: `the file cannot be read (${reasonOf(cause)})`,
      hint: "Check the path",
      cause,
    });
  }
  try {
    return await readWeights(path, bytes);
  } catch (error) {
    if (!isIsoconvError(error)) throw error;
    throw new IsoconvError(error.code, { path, what: error.message.replace(`${error.code}: `, ""), cause: error });
  }
}

/**
 * Checks, before any work is done, that a file can be written at the path.
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

/** @throws UsageError */
export async function writeResult(path: string, content: Uint8Array | string): Promise<void> {
  try {
    await writeFile(path, content);
  } catch (cause) {
    throw new UsageError(`cannot write ${path}: ${reasonOf(cause)}`);
  }
}

/** The message of a system error without its call and path, such as `ENOENT: no such file or directory`. */
function reasonOf(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  return text.split(", ")[0] ?? text;
}
