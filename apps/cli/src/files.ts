import { access, constants, readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { IsoconvError, isIsoconvError, type ErrorCode } from "@isoconv/core-spec";
import { checkFile, readWeights, type ReadWeights } from "@isoconv/weights";

/** The code of the error for a file that cannot be read. */
type ReadCode = Extract<ErrorCode, "INVALID_WEIGHTS" | "INVALID_FEED" | "INVALID_ATTRIBUTE" | "INVALID_FILE">;

/**
 * Reads a file of weights of any format. Errors name the file, and remarks on it are printed to stderr.
 *
 * @param code the error code if the file cannot be read
 * @throws IsoconvError `code`, `INVALID_FILE` for a file of another kind, or `INVALID_WEIGHTS` if it is damaged
 */
export async function readTensorFile(path: string, code: ReadCode): Promise<ReadWeights> {
  await checkReadable(path, code);
  const file = await namingFile(path, () => readWeights(path, addressOf(path)));
  printRemarks(path, file.remarks);
  return file;
}

/** The address of a file of the command line. */
export function addressOf(path: string): URL {
  return pathToFileURL(resolve(path));
}

/** Prints what users should know of a file to stderr. */
export function printRemarks(path: string, remarks: readonly string[]): void {
  for (const remark of remarks) process.stderr.write(`isoconv: ${path}: ${remark}\n`);
}

/** Errors about the inside of a file name the file. */
export async function namingFile<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isIsoconvError(error) || error.code === "INVALID_FILE") throw error;
    throw new IsoconvError(error.code, { path, what: error.message.replace(`${error.code}: `, ""), cause: error });
  }
}

/**
 * The text of a JSON file.
 *
 * @param expected what it should be, for the error
 * @throws IsoconvError `INVALID_ATTRIBUTE` if it cannot be read, `INVALID_FILE` for a file of another kind
 */
export async function readJsonFile(path: string, expected: string): Promise<string> {
  const bytes = await readBytes(path, "INVALID_ATTRIBUTE");
  checkFile(bytes, ["json"], { path, expected });
  return new TextDecoder().decode(bytes);
}

/** @throws IsoconvError `code` */
export async function checkReadable(path: string, code: ReadCode): Promise<void> {
  await reading(path, code, () => access(path, constants.R_OK));
}

/** @throws IsoconvError `code` */
export async function readBytes(path: string, code: ReadCode): Promise<Uint8Array> {
  return reading(path, code, () => readFile(path));
}

async function reading<T>(path: string, code: ReadCode, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    throw new IsoconvError(code, {
      path,
      what: `the file cannot be read (${reasonOf(cause)})`,
      hint: "Check the path",
      cause,
    });
  }
}

/** The message of a system error without its call and path, such as `ENOENT: no such file or directory`. */
export function reasonOf(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  return text.split(", ")[0] ?? text;
}
