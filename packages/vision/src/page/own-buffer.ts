import { isArrayBuffer } from "@isoconv/core-spec";

/** The bytes in a buffer of their own: the wasm decoders take whole buffers. */
export function ownBuffer(bytes: Uint8Array): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = bytes;
  const isWhole = byteOffset === 0 && byteLength === buffer.byteLength;
  return isWhole && isArrayBuffer(buffer) ? buffer : bytes.slice().buffer;
}
