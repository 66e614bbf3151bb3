import { isRecord, messageOf } from "@isoconv/core-spec";
import { invalid } from "./invalid.js";
import type { ByteSource } from "./source/byte-source.js";

/** A description of a model of more bytes has other data than names and shapes. */
const LARGEST_JSON = 2 ** 27;

/**
 * The object in a JSON file.
 *
 * @throws IsoconvError `INVALID_WEIGHTS`
 */
export async function readJsonObject(source: ByteSource): Promise<Readonly<Record<string, unknown>>> {
  if (source.size > LARGEST_JSON) {
    throw invalid("file", "too large for the description of a model", {
      expected: `at most ${LARGEST_JSON} bytes`,
      received: source.size,
    });
  }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode((await source.read(0, source.size)).slice()));
  } catch (cause) {
    throw invalid("file", `no JSON (${messageOf(cause)})`, { hint: "The file may be truncated", cause });
  }
  if (isRecord(value)) return value;
  throw invalid("file", "no JSON object", { received: value });
}

/** The object at a key. */
export function recordAt(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (isRecord(value)) return value;
  throw invalid(path, "not an object", { received: value });
}

/** The list at a key. */
export function listAt(value: unknown, path: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw invalid(path, "not a list", { received: value });
}

/** The text at a key. */
export function textAt(value: unknown, path: string): string {
  if (typeof value === "string") return value;
  throw invalid(path, "not a text", { received: value });
}
