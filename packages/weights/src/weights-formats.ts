import { invalid } from "./invalid.js";
import { readSafetensors, type SafetensorsFile } from "./read-safetensors.js";

/** A kind of file that weights are kept in. */
export interface WeightsFormat {
  readonly name: string;
  /** What its files' names end with. */
  readonly extension: `.${string}`;
  /** @throws IsoconvError `INVALID_WEIGHTS` */
  readonly read: (bytes: Uint8Array | ArrayBuffer) => SafetensorsFile;
}

/** Every format this package reads. */
export const weightsFormats: readonly [WeightsFormat, ...WeightsFormat[]] = Object.freeze([
  Object.freeze({ name: "safetensors", extension: ".safetensors", read: readSafetensors } as const),
]);

/**
 * Reads a file of weights in the format that its name tells.
 *
 * @throws IsoconvError `INVALID_WEIGHTS` where no format has such names, or the file is not what its name says
 */
export function readWeights(name: string, bytes: Uint8Array | ArrayBuffer): SafetensorsFile {
  const format = weightsFormats.find(({ extension }) => name.toLowerCase().endsWith(extension));
  if (format !== undefined) return format.read(bytes);
  throw invalid("file", "no format of weights has such a name", {
    expected: `a name that ends with ${weightsFormats.map(({ extension }) => extension).join(" or ")}`,
    received: name,
  });
}
