import { isArrayBuffer } from "@isoconv/core-spec";
import { invalid } from "./invalid.js";

/**
 * Bytes as a plain `Uint8Array`: the `slice` of a Node.js `Buffer` does not copy.
 *
 * @throws IsoconvError `INVALID_WEIGHTS`
 */
export function plainBytes(bytes: unknown): Uint8Array {
  if (isArrayBuffer(bytes)) return new Uint8Array(bytes);
  if (ArrayBuffer.isView(bytes)) return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  throw invalid("file", "not bytes", { expected: "a Uint8Array or an ArrayBuffer", received: bytes });
}
