import { readFile, writeFile } from "node:fs/promises";
import { IsoconvError } from "@isoconv/core-spec";
import { readSafetensors, type SafetensorsFile } from "@isoconv/weights";

/** @throws IsoconvError `INVALID_WEIGHTS` when the file cannot be read or is not safetensors */
export async function readTensorFile(path: string): Promise<SafetensorsFile> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw unreadable("read", path, cause);
  }
  return readSafetensors(bytes);
}

/** @throws IsoconvError `INVALID_WEIGHTS` when the file cannot be written */
export async function writeFileOrRefuse(path: string, content: Uint8Array | string): Promise<void> {
  try {
    await writeFile(path, content);
  } catch (cause) {
    throw unreadable("written", path, cause);
  }
}

function unreadable(verb: "read" | "written", path: string, cause: unknown): IsoconvError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new IsoconvError("INVALID_WEIGHTS", {
    path,
    what: `the file cannot be ${verb} (${reason})`,
    hint: "Check the path",
    cause,
  });
}
