import { checkAborted } from "@isoconv/core-spec";
import { allocate, PIECE_BYTES, unreadable, type ByteSource, type ReadObserver } from "./byte-source.js";

/** A file chosen in a page. Browsers refuse to read one that was changed or removed, or is too large. */
export function blobSource(name: string, blob: Blob, { signal, onProgress }: ReadObserver): ByteSource {
  let loaded = 0;
  const readPiece = async (begin: number, end: number): Promise<Uint8Array> => {
    checkAborted(signal);
    try {
      const piece = new Uint8Array(await blob.slice(begin, end).arrayBuffer());
      loaded += piece.byteLength;
      onProgress?.(loaded, blob.size);
      return piece;
    } catch (cause) {
      throw unreadable(name, cause, "Choose it again; it may have been changed, or be too large for the memory");
    }
  };
  const read = async (begin: number, end: number): Promise<Uint8Array> => {
    if (end - begin <= PIECE_BYTES) return readPiece(begin, end);
    const bytes = allocate(name, end - begin);
    for (let at = begin; at < end; at += PIECE_BYTES) {
      bytes.set(await readPiece(at, Math.min(at + PIECE_BYTES, end)), at - begin);
    }
    return bytes;
  };
  return { size: blob.size, inMemory: false, read, close: async () => Promise.resolve() };
}
