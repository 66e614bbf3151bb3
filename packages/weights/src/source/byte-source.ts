import { IsoconvError, messageOf } from "@isoconv/core-spec";
import { plainBytes } from "../plain-bytes.js";

/** A file's bytes, with random access. */
export interface ByteSource {
  readonly size: number;
  /**
   * The bytes from `begin` to `end`, which must lie in the file: a view if the file is in memory, newly read otherwise.
   *
   * @throws IsoconvError `INVALID_FILE` if they cannot be read, `ABORTED`
   */
  readonly read: (begin: number, end: number) => Promise<Uint8Array>;
  /** Whether `read` returns views. */
  readonly inMemory: boolean;
  readonly close: () => Promise<void>;
}

/** The signal and the progress of reading. */
export interface ReadObserver {
  readonly signal?: AbortSignal | undefined;
  /**
   * @param loaded bytes read so far, of all files of a model in parts
   * @param total undefined if it is not known
   */
  readonly onProgress?: ((loaded: number, total: number | undefined) => void) | undefined;
}

/** @throws IsoconvError `INVALID_WEIGHTS` for anything but bytes */
export function memorySource(bytes: unknown): ByteSource {
  const file = plainBytes(bytes);
  return {
    size: file.byteLength,
    inMemory: true,
    read: async (begin, end) => Promise.resolve(file.subarray(begin, end)),
    close: async () => Promise.resolve(),
  };
}

/** Part of a source, as a source of its own. */
export function partOf(source: ByteSource, begin: number, end: number): ByteSource {
  return { ...source, size: end - begin, read: (first, last) => source.read(begin + first, begin + last) };
}

/** Bytes are read in pieces of this size, with progress and a look at the signal after each. */
export const PIECE_BYTES = 2 ** 24;

/**
 * Memory for bytes of a file.
 *
 * @throws IsoconvError `INVALID_FILE` if there is not as much
 */
export function allocate(name: string, byteLength: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(byteLength);
  } catch (cause) {
    throw unreadable(name, cause, "It is too large for the memory");
  }
}

/** An `INVALID_FILE` error for a file whose bytes cannot be had. */
export function unreadable(name: string, cause: unknown, hint: string): IsoconvError {
  return new IsoconvError("INVALID_FILE", {
    path: name,
    what: `the file cannot be read (${messageOf(cause)})`,
    hint,
    cause,
  });
}
