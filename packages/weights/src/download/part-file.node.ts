import { createHash } from "node:crypto";
import { open, readFile, rm, writeFile, type FileHandle } from "node:fs/promises";
import { isRecord } from "@isoconv/core-spec";
import { START_BYTES } from "../file-kind.js";
import { PIECE_BYTES } from "../source/byte-source.js";
import { UNKNOWN_VERSION, type FileVersion, type Sink } from "./sink.js";

/** A file on disk that is not complete. What is there outlives the process, and is continued. */
export interface PartFile extends Sink {
  /** Writes all to the disk, and closes it. Returns the SHA-256 of the bytes. */
  finish(): Promise<string>;
  /** Closes it; the bytes stay if they can be continued. */
  close(): Promise<void>;
}

/** Opens the part at a path, whose version stands in a file beside it. */
export async function openPart(path: string): Promise<PartFile> {
  // Not truncated; made if it is not there.
  const file = await open(path, "a+").then(async (made) => {
    await made.close();
    return open(path, "r+");
  });
  let version = await readVersion(path);
  let hash = createHash("sha256");
  let length = 0;
  let start = new Uint8Array(0);
  const take = (bytes: Uint8Array): void => {
    hash.update(bytes);
    if (start.byteLength < START_BYTES) start = joined(start, bytes.subarray(0, START_BYTES - start.byteLength));
    length += bytes.byteLength;
  };
  const restart = async (next: FileVersion): Promise<void> => {
    await file.truncate(0);
    await writeFile(versionPath(path), JSON.stringify(next));
    version = next;
    hash = createHash("sha256");
    length = 0;
    start = new Uint8Array(0);
  };
  if (version.validator === undefined) await restart(UNKNOWN_VERSION);
  else for await (const bytes of contentOf(file)) take(bytes);
  return {
    get length() {
      return length;
    },
    get version() {
      return version;
    },
    get start() {
      return start;
    },
    restart,
    async write(bytes) {
      for (let written = 0; written < bytes.byteLength;) {
        const { bytesWritten } = await file.write(bytes, written, bytes.byteLength - written, length + written);
        written += bytesWritten;
      }
      take(bytes);
    },
    async finish() {
      await file.sync();
      await file.close();
      return hash.digest("hex");
    },
    async close() {
      await file.close();
      if (length === 0 || version.validator === undefined) await removePart(path);
    },
  };
}

/** Removes a part, and what is known of its version. */
export async function removePart(path: string): Promise<void> {
  for (const each of [path, versionPath(path)]) await rm(each, { force: true });
}

function versionPath(path: string): string {
  return `${path}.json`;
}

/** Unknown if the process was killed before it wrote it. */
async function readVersion(path: string): Promise<FileVersion> {
  try {
    const version: unknown = JSON.parse(await readFile(versionPath(path), "utf8"));
    if (!isRecord(version)) return UNKNOWN_VERSION;
    const { validator, total } = version;
    return {
      validator: typeof validator === "string" ? validator : undefined,
      total: typeof total === "number" ? total : undefined,
    };
  } catch {
    return UNKNOWN_VERSION;
  }
}

async function* contentOf(file: FileHandle): AsyncGenerator<Uint8Array, void, undefined> {
  const buffer = new Uint8Array(PIECE_BYTES);
  for (let at = 0; ;) {
    const { bytesRead } = await file.read(buffer, 0, buffer.byteLength, at);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
    at += bytesRead;
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.byteLength + second.byteLength);
  both.set(first);
  both.set(second, first.byteLength);
  return both;
}
