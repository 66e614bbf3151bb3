import { requireLittleEndian } from "./endianness.js";
import { readHeader, type Header } from "./header.js";
import { invalid } from "./invalid.js";
import { JsonReader } from "./json-reader.js";
import { checkLayout } from "./layout.js";
import { blockOf, wholeBlock, type Listing } from "./listing.js";
import { plainBytes } from "./plain-bytes.js";
import type { ByteSource } from "./source/byte-source.js";
import { storedTensor } from "./stored-tensor.js";
import type { WeightsFile } from "./weights-file.js";

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
export function readSafetensors(bytes: Uint8Array | ArrayBuffer): WeightsFile {
  requireLittleEndian();
  const file = plainBytes(bytes);
  const dataStart = PREFIX_BYTES + headerLength(file.subarray(0, PREFIX_BYTES), file.byteLength);
  const { metadata, entries } = checkedHeader(file.subarray(PREFIX_BYTES, dataStart), file.byteLength - dataStart);
  const tensors = new Map(
    entries.map(({ name, dtype, shape, begin, end }) => [
      name,
      storedTensor(name, dtype, shape, file.subarray(dataStart + begin, dataStart + end)),
    ]),
  );
  return { metadata, tensors };
}

/** The tensors of a safetensors file, which is validated like {@link readSafetensors} does. */
export async function listSafetensors(source: ByteSource): Promise<Listing> {
  requireLittleEndian();
  const prefix = await source.read(0, Math.min(PREFIX_BYTES, source.size));
  const dataStart = PREFIX_BYTES + headerLength(prefix, source.size);
  const { metadata, entries } = checkedHeader(await source.read(PREFIX_BYTES, dataStart), source.size - dataStart);
  const tensors = entries.map(({ name, dtype, shape, begin, end }) => ({
    name,
    dtype,
    shape,
    byteLength: end - begin,
    block: blockOf(source, dataStart + begin, end - begin),
    ...wholeBlock,
  }));
  return { metadata, tensors, remarks: [] };
}

function checkedHeader(bytes: Uint8Array, dataLength: number): Header {
  const header = readHeader(new JsonReader(decodeHeader(bytes)));
  checkLayout(header.entries, dataLength);
  return header;
}

/** Whether bytes start like a safetensors file: a plausible length of the header, then the header's "{". */
export function startsLikeSafetensors(bytes: Uint8Array): boolean {
  if (bytes.byteLength <= PREFIX_BYTES || bytes[PREFIX_BYTES] !== OPENING_BRACE) return false;
  return new DataView(bytes.buffer, bytes.byteOffset, PREFIX_BYTES).getBigUint64(0, true) <= MAX_HEADER_BYTES;
}

function headerLength(prefix: Uint8Array, fileBytes: number): number {
  if (fileBytes < PREFIX_BYTES) {
    throw invalid("file", "too short for the header's length", {
      expected: `at least ${PREFIX_BYTES} bytes`,
      received: fileBytes,
      hint: "The file may be truncated",
    });
  }
  const length = new DataView(prefix.buffer, prefix.byteOffset, PREFIX_BYTES).getBigUint64(0, true);
  if (length > MAX_HEADER_BYTES) {
    throw invalid("header.length", "beyond the format's limit", {
      expected: `at most ${MAX_HEADER_BYTES} bytes`,
      received: Number(length),
      hint: "This may not be a safetensors file",
    });
  }
  const available = fileBytes - PREFIX_BYTES;
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
