import { ZipWriter } from "@zip.js/zip.js/lib/zip-core-writer.js";

/** A file for an archive. */
export interface NewEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The first day that a zip archive can tell: the same files give the same bytes. */
const DATE = new Date(1980, 0, 1);

/** A zip archive of files that are stored as they are. */
export async function storedZip(entries: readonly NewEntry[]): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const writable = new WritableStream<Uint8Array>({
    write(chunk) {
      chunks.push(chunk);
    },
  });
  const zip = new ZipWriter(writable, {
    level: 0,
    lastModDate: DATE,
    extendedTimestamp: false,
    useWebWorkers: false,
    dataDescriptor: false,
    keepOrder: true,
  });
  for (const { name, bytes } of entries) await zip.add(name, readerOf(bytes));
  await zip.close();
  const archive = new Uint8Array(chunks.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let position = 0;
  for (const chunk of chunks) {
    archive.set(chunk, position);
    position += chunk.byteLength;
  }
  return archive;
}

function readerOf(bytes: Uint8Array): Parameters<InstanceType<typeof ZipWriter>["add"]>[1] {
  const reader = {
    size: bytes.byteLength,
    readUint8Array: async (index: number, length: number): Promise<Uint8Array> =>
      Promise.resolve(bytes.subarray(index, index + length)),
    // Never read, because the size is known.
    readable: new ReadableStream(),
  };
  return reader;
}
