import { IsoconvError } from "@isoconv/core-spec";

const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/**
 * Refuses big-endian machines: the format is little-endian and views use the machine's byte order, so all values would
 * be wrong.
 *
 * @throws IsoconvError `UNSUPPORTED`
 */
export function requireLittleEndian(): void {
  if (LITTLE_ENDIAN) return;
  throw new IsoconvError("UNSUPPORTED", { what: "safetensors files need a little-endian machine" });
}
