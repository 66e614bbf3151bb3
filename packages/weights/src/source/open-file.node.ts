import { open, type FileHandle } from "node:fs/promises";
import { checkAborted } from "@isoconv/core-spec";
import { allocate, memorySource, PIECE_BYTES, unreadable, type ByteSource } from "./byte-source.js";
import type { OpenFile } from "./open-file.js";

/** A file on disk, of which only the parts that are asked for are read. A pipe is read whole. */
export const openFile: OpenFile = async (name, address, { signal, onProgress }) => {
  checkAborted(signal);
  const file = await attempt(name, () => open(address));
  try {
    const stats = await attempt(name, () => file.stat());
    if (!stats.isFile()) {
      const whole = memorySource(await attempt(name, () => file.readFile(signal === undefined ? {} : { signal })));
      await file.close();
      return whole;
    }
    let loaded = 0;
    const read = async (begin: number, end: number): Promise<Uint8Array> => {
      const bytes = allocate(name, end - begin);
      for (let at = 0; at < bytes.byteLength;) {
        checkAborted(signal);
        const length = Math.min(PIECE_BYTES, bytes.byteLength - at);
        const { bytesRead } = await attempt(name, () => file.read(bytes, at, length, begin + at));
        if (bytesRead === 0) throw unreadable(name, "it has become shorter", "Read it when nothing writes to it");
        at += bytesRead;
        loaded += bytesRead;
        onProgress?.(loaded, stats.size);
      }
      return bytes;
    };
    return { size: stats.size, inMemory: false, read, close: () => file.close() } satisfies ByteSource;
  } catch (error) {
    await closeQuietly(file);
    throw error;
  }
};

async function attempt<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw unreadable(name, reasonOf(cause), "Check the path");
  }
}

/** The message of a system error without its call and path, such as `ENOENT: no such file or directory`. */
function reasonOf(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  return text.split(", ")[0] ?? text;
}

/** The first error is the one to report. */
async function closeQuietly(file: FileHandle): Promise<void> {
  await file.close().catch(() => undefined);
}
