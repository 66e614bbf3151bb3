import { IsoconvError } from "@isoconv/core-spec";

const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/**
 * The format is little-endian and views are in the machine's own order, so on the few others nothing would be right.
 *
 * @throws IsoconvError `UNSUPPORTED`
 */
export function requireLittleEndian(): void {
  if (LITTLE_ENDIAN) return;
  throw new IsoconvError("UNSUPPORTED", { what: "safetensors files need a little-endian machine" });
}
