import { readFile } from "node:fs/promises";
import { IsoconvError, isIsoconvError, type ErrorCode } from "@isoconv/core-spec";
import { checkFile, readWeights, type WeightsFile } from "@isoconv/weights";

/** The code of the error for a file that cannot be read. */
type ReadCode = Extract<ErrorCode, "INVALID_WEIGHTS" | "INVALID_FEED" | "INVALID_ATTRIBUTE">;

/**
 * Reads a safetensors file. Errors name the file.
 *
 * @param code the error code if the file cannot be read
 * @throws IsoconvError `code`, `INVALID_FILE` for a file of another kind, or `INVALID_WEIGHTS` if it is damaged
 */
export async function readTensorFile(path: string, code: ReadCode): Promise<WeightsFile> {
  const bytes = await readBytes(path, code);
  try {
    return await readWeights(path, bytes);
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

async function readBytes(path: string, code: ReadCode): Promise<Uint8Array> {
  try {
    return await readFile(path);
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
