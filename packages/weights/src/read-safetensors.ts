import { requireLittleEndian } from "./endianness.js";
import { readHeader } from "./header.js";
import { invalid } from "./invalid.js";
import { JsonReader } from "./json-reader.js";
import { checkLayout } from "./layout.js";
import { plainBytes } from "./plain-bytes.js";
import { storedTensor, type StoredTensor } from "./stored-tensor.js";

/** A file's tensors by name, in the order of its header. */
export interface SafetensorsFile {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

/** Bytes of the field with the header's length. */
export const PREFIX_BYTES = 8;

/** The format's limit for the header; without it a hostile length could allocate all memory. */
export const MAX_HEADER_BYTES = 100_000_000;

const OPENING_BRACE = 0x7b;

/**
 * Reads a safetensors file. The header is validated completely before anything is returned; tensors are views of
 * `bytes`, which must not change while they are in use.
 *
 * Source: https://github.com/huggingface/safetensors, README, "Format".
 *
 * @throws IsoconvError `INVALID_WEIGHTS`, with the place in `path`, for anything that is not a valid file;
 *   `UNSUPPORTED` on a big-endian machine
 */
export function readSafetensors(bytes: Uint8Array | ArrayBuffer): SafetensorsFile {
  requireLittleEndian();
  const file = plainBytes(bytes);
  const dataStart = PREFIX_BYTES + headerLength(file);
  const text = decodeHeader(file.subarray(PREFIX_BYTES, dataStart));
  const { metadata, entries } = readHeader(new JsonReader(text));
  checkLayout(entries, file.byteLength - dataStart);
  const tensors = new Map(
    entries.map(({ name, dtype, shape, begin, end }) => [
      name,
      storedTensor(name, dtype, shape, file.subarray(dataStart + begin, dataStart + end)),
    ]),
  );
  return { metadata, tensors };
}

/** Whether bytes start like a safetensors file: a plausible length of the header, then the header's "{". */
export function startsLikeSafetensors(bytes: Uint8Array): boolean {
  if (bytes.byteLength <= PREFIX_BYTES || bytes[PREFIX_BYTES] !== OPENING_BRACE) return false;
  return new DataView(bytes.buffer, bytes.byteOffset, PREFIX_BYTES).getBigUint64(0, true) <= MAX_HEADER_BYTES;
}

function headerLength(file: Uint8Array): number {
  if (file.byteLength < PREFIX_BYTES) {
    throw invalid("file", "too short for the header's length", {
      expected: `at least ${PREFIX_BYTES} bytes`,
      received: file.byteLength,
      hint: "The file may be truncated",
    });
  }
  const length = new DataView(file.buffer, file.byteOffset, PREFIX_BYTES).getBigUint64(0, true);
  if (length > MAX_HEADER_BYTES) {
    throw invalid("header.length", "beyond the format's limit", {
      expected: `at most ${MAX_HEADER_BYTES} bytes`,
      received: Number(length),
      hint: "This may not be a safetensors file",
    });
  }
  const available = file.byteLength - PREFIX_BYTES;
  if (length > available) {
    throw invalid("header.length", "longer than the file", {
      expected: `at most ${available} bytes`,
      received: Number(length),
      hint: "The file may be truncated",
    });
  }
  return Number(length);
}

function decodeHeader(bytes: Uint8Array): string {
  let text: string;
  try {
    // Copied, because browsers refuse to decode shared memory. A byte order mark is kept, so that it is refused below.
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes.slice());
  } catch (cause) {
    throw invalid("header", "not UTF-8", { cause });
  }
  if (!text.startsWith("{")) {
    throw invalid("header", "not a JSON object", {
      expected: 'text that starts with "{"',
      received: text.slice(0, 20),
    });
  }
  return text;
}
