import { checkAborted } from "@isoconv/core-spec";
import { allocate, memorySource, unreadable, type ByteSource, type ReadObserver } from "./byte-source.js";

const CHECK_ADDRESS = "Check the address and the connection";

/**
 * Downloads a file into memory. Where the server tells its length, the bytes stream into one buffer of that length;
 * otherwise the buffer grows.
 *
 * @throws IsoconvError `INVALID_FILE` if it cannot be had whole, `ABORTED`
 */
export async function download(name: string, address: URL, { signal, onProgress }: ReadObserver): Promise<ByteSource> {
  checkAborted(signal);
  const fail = (cause: unknown): Error => {
    checkAborted(signal);
    return unreadable(name, causeOf(cause), CHECK_ADDRESS);
  };
  const response = await fetch(address, { signal: signal ?? null }).catch((cause: unknown) => {
    throw fail(cause);
  });
  if (!response.ok) throw fail(`the server answered ${`${response.status} ${response.statusText}`.trim()}`);
  if (response.body === null) return memorySource(new Uint8Array(0));
  // The length of a compressed answer is not the file's.
  const stated = response.headers.get("content-encoding") === null ? response.headers.get("content-length") : null;
  const total = stated !== null && /^\d+$/.test(stated) ? Number(stated) : undefined;
  let bytes = allocate(name, total ?? 2 ** 20);
  let loaded = 0;
  const reader = response.body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (loaded + value.byteLength > bytes.byteLength) {
        const larger = allocate(name, Math.max(2 * bytes.byteLength, loaded + value.byteLength));
        larger.set(bytes.subarray(0, loaded));
        bytes = larger;
      }
      bytes.set(value, loaded);
      loaded += value.byteLength;
      onProgress?.(loaded, total);
      checkAborted(signal);
    }
  } catch (cause) {
    await reader.cancel(cause).catch(() => undefined);
    throw fail(cause);
  }
  if (total !== undefined && loaded !== total) throw fail(`${loaded} of ${total} bytes arrived`);
  return memorySource(bytes.subarray(0, loaded));
}

/** `fetch` hides the reason of a failure in the cause of its error. */
function causeOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? error.cause : error;
}
