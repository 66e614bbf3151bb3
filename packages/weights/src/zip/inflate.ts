import { isIsoconvError, messageOf } from "@isoconv/core-spec";
import { invalid } from "../invalid.js";
import type { ByteSource } from "../source/byte-source.js";

/** Compressed bytes are read in pieces of this size. */
const PIECE_BYTES = 2 ** 16;

/**
 * The first bytes of deflated data.
 *
 * @param packed the deflated data
 * @param byteLength of the whole, unpacked; more is refused
 * @param wanted how many bytes, at most
 * @throws IsoconvError `INVALID_WEIGHTS`
 */
export async function inflate(
  packed: ByteSource,
  path: string,
  byteLength: number,
  wanted: number,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(Math.min(byteLength, wanted));
  let position = 0;
  const pieces = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const end = Math.min(position + PIECE_BYTES, packed.size);
      if (end > position) controller.enqueue((await packed.read(position, end)).slice());
      position = end;
      if (end === packed.size) controller.close();
    },
  });
  const reader = pieces.pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  let filled = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (filled + value.byteLength > byteLength)
        throw invalid(path, "unpacks to more than it says", { expected: `${byteLength} bytes` });
      bytes.set(value.subarray(0, bytes.byteLength - filled), filled);
      filled += Math.min(value.byteLength, bytes.byteLength - filled);
      if (filled === bytes.byteLength && wanted < byteLength) break;
    }
  } catch (cause) {
    if (isIsoconvError(cause)) throw cause;
    throw invalid(path, `cannot be unpacked (${messageOf(cause)})`, { hint: "The file may be damaged", cause });
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  if (filled < bytes.byteLength) {
    throw invalid(path, "unpacks to less than it says", { expected: `${byteLength} bytes`, received: filled });
  }
  return bytes;
}
