import { START_BYTES } from "../file-kind.js";
import { allocate } from "../source/byte-source.js";

/** Which version of a file a server sends. */
export interface FileVersion {
  /** Its `ETag`, or else its `Last-Modified`; undefined if a download of it cannot be continued. */
  readonly validator: string | undefined;
  /** The file's bytes; undefined if the server does not say. */
  readonly total: number | undefined;
}

/** Where the bytes of a download go. */
export interface Sink {
  /** The bytes that are there. */
  readonly length: number;
  /** The version of the file that they are of. */
  readonly version: FileVersion;
  /** The first of them, at most {@link START_BYTES}, which tell what the file is. */
  readonly start: Uint8Array;
  /** Forgets all bytes. Those that follow are of this version. */
  restart(version: FileVersion): Promise<void>;
  write(bytes: Uint8Array): Promise<void>;
}

/** The version of a file of which nothing is known. */
export const UNKNOWN_VERSION: FileVersion = { validator: undefined, total: undefined };

/** A sink in memory. If the file's length is known, it is allocated once; otherwise the buffer grows. */
export interface MemorySink extends Sink {
  bytes(): Uint8Array<ArrayBuffer>;
}

/** @param name of the file, for the `INVALID_FILE` error if there is not enough memory */
export function memorySink(name: string): MemorySink {
  let buffer = new Uint8Array(0);
  let length = 0;
  let version = UNKNOWN_VERSION;
  return {
    get length() {
      return length;
    },
    get version() {
      return version;
    },
    get start() {
      return buffer.subarray(0, Math.min(length, START_BYTES));
    },
    async restart(next) {
      version = next;
      length = 0;
      buffer = allocate(name, next.total ?? 2 ** 20);
      return Promise.resolve();
    },
    async write(bytes) {
      if (length + bytes.byteLength > buffer.byteLength) {
        const larger = allocate(name, Math.max(2 * buffer.byteLength, length + bytes.byteLength));
        larger.set(buffer.subarray(0, length));
        buffer = larger;
      }
      buffer.set(bytes, length);
      length += bytes.byteLength;
      return Promise.resolve();
    },
    bytes: () => buffer.subarray(0, length),
  };
}
