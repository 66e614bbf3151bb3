import { messageOf, render } from "@isoconv/core-spec";
import { ZipReader, type Entry } from "@zip.js/zip.js/lib/zip-core-reader.js";
import { invalid } from "../invalid.js";
import type { Block } from "../listing.js";
import { partOf, type ByteSource } from "../source/byte-source.js";
import { inflate } from "./inflate.js";

/** A file in a zip archive. */
export interface ZipEntry {
  readonly name: string;
  /** Its bytes, unpacked. */
  readonly block: Block;
  /** Its first bytes, at most as many as asked for. */
  readonly start: (length: number) => Promise<Uint8Array>;
  /** It as a source of its own; undefined if it is compressed. */
  readonly stored: () => Promise<ByteSource | undefined>;
}

/** More files than any checkpoint has; each takes memory. */
const MOST_ENTRIES = 65_536;

const LOCAL_HEADER_BYTES = 30;

const [STORED, DEFLATED] = [0, 8];

/**
 * The files in a zip archive by their names. Stored files are views of the source where it is in memory. Checksums are not
 * compared.
 *
 * @throws IsoconvError `INVALID_WEIGHTS`
 */
export async function openZip(source: ByteSource): Promise<ReadonlyMap<string, ZipEntry>> {
  const entries = new Map<string, ZipEntry>();
  for (const entry of await directoryOf(source)) {
    if (entry.directory) continue;
    if (entries.has(entry.filename)) throw invalid(pathOf(entry.filename), "two files in the archive have one name");
    entries.set(entry.filename, entryOf(source, entry));
  }
  return entries;
}

/** Where a file of an archive is, for messages. */
export function pathOf(name: string): string {
  return `archive[${render(name)}]`;
}

async function directoryOf(source: ByteSource): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  try {
    const zip = new ZipReader(readerOf(source));
    for await (const entry of zip.getEntriesGenerator()) {
      entries.push(entry);
      if (entries.length > MOST_ENTRIES) break;
    }
  } catch (cause) {
    throw invalid("archive", `no list of its files can be read (${messageOf(cause)})`, {
      hint: "The file may be truncated",
      cause,
    });
  }
  if (entries.length > MOST_ENTRIES) {
    throw invalid("archive", "too many files", { expected: `at most ${MOST_ENTRIES}` });
  }
  return entries;
}

function entryOf(source: ByteSource, entry: Entry): ZipEntry {
  const { filename: name, compressionMethod, compressedSize, uncompressedSize, offset, encrypted } = entry;
  const path = pathOf(name);
  const isStored = compressionMethod === STORED;
  if (encrypted) throw invalid(path, "the file is encrypted");
  if (!isStored && compressionMethod !== DEFLATED) {
    throw invalid(path, "an unknown compression", { expected: "stored or deflated", received: compressionMethod });
  }
  if (isStored && compressedSize !== uncompressedSize) {
    throw invalid(path, "a stored file of two lengths", { received: [compressedSize, uncompressedSize] });
  }
  /** The compressed bytes: their place follows from the file's own header. */
  const packed = async (): Promise<ByteSource> => {
    const headerEnd = offset + LOCAL_HEADER_BYTES;
    // The library shifts the offsets of an archive that does not begin where its list says.
    if (offset < 0 || headerEnd > source.size) throw outside(path);
    const header = await source.read(offset, headerEnd);
    const view = new DataView(header.buffer, header.byteOffset, LOCAL_HEADER_BYTES);
    if (view.getUint32(0, true) !== LOCAL_HEADER_SIGNATURE) throw invalid(path, "no header where it should be");
    const begin = headerEnd + view.getUint16(26, true) + view.getUint16(28, true);
    if (begin + compressedSize > source.size) throw outside(path);
    return partOf(source, begin, begin + compressedSize);
  };
  const read = async (length: number): Promise<Uint8Array> => {
    const bytes = await packed();
    return isStored ? bytes.read(0, Math.min(length, bytes.size)) : inflate(bytes, path, uncompressedSize, length);
  };
  return {
    name,
    block: {
      byteLength: uncompressedSize,
      allocates: !isStored || !source.inMemory,
      read: () => read(uncompressedSize),
    },
    start: read,
    stored: async () => (isStored ? packed() : undefined),
  };
}

const LOCAL_HEADER_SIGNATURE = 0x04034b50;

function outside(path: string): Error {
  return invalid(path, "outside the archive", { hint: "The file may be truncated" });
}

/** Gives the library random access to a source. Its base class is not in the part of it that reads. */
function readerOf(source: ByteSource): ConstructorParameters<typeof ZipReader>[0] {
  const reader = {
    size: source.size,
    readUint8Array: async (index: number, length: number): Promise<Uint8Array> => {
      const begin = Math.min(Math.max(index, 0), source.size);
      return source.read(begin, Math.max(begin, Math.min(index + length, source.size)));
    },
    // Never read, because the size is known.
    readable: new ReadableStream(),
  };
  return reader;
}
