import { isIsoconvError, type IsoconvError } from "@isoconv/core-spec";

/** A file of the given header and data, valid or not; `length` is the header length in the first eight bytes. */
export function rawFile(header: unknown, dataBytes = 0, length?: bigint): Uint8Array {
  const text = typeof header === "string" ? header : JSON.stringify(header);
  const headerBytes = header instanceof Uint8Array ? header : new TextEncoder().encode(text);
  const file = new Uint8Array(8 + headerBytes.byteLength + dataBytes);
  new DataView(file.buffer).setBigUint64(0, length ?? BigInt(headerBytes.byteLength), true);
  file.set(headerBytes, 8);
  for (let index = 0; index < dataBytes; index += 1) file[8 + headerBytes.byteLength + index] = (index * 37) & 0xff;
  return file;
}

/** The IsoconvError a call throws; anything else fails the test. */
export function errorOf(run: () => unknown): IsoconvError {
  try {
    run();
  } catch (error) {
    if (isIsoconvError(error)) return error;
    throw new Error("not an IsoconvError", { cause: error });
  }
  throw new Error("nothing was thrown");
}
