import { invalid } from "./invalid.js";
import { plainBytes } from "./plain-bytes.js";
import { readSafetensors, startsLikeSafetensors, type SafetensorsFile } from "./read-safetensors.js";

/** A kind of file that weights are kept in. */
export interface WeightsFormat {
  readonly name: string;
  /** What its files' names end with. */
  readonly extension: `.${string}`;
  /** Whether a file that starts with these bytes is of this format. */
  readonly matches: (start: Uint8Array) => boolean;
  /** @throws IsoconvError `INVALID_WEIGHTS` */
  readonly read: (bytes: Uint8Array) => SafetensorsFile;
}

/** Where the bytes of a file come from: memory, or a file that a page was given. */
export type WeightsSource = Uint8Array | ArrayBuffer | Blob;

/** Every format this package reads. */
export const weightsFormats: readonly [WeightsFormat, ...WeightsFormat[]] = Object.freeze([
  Object.freeze({
    name: "safetensors",
    extension: ".safetensors",
    matches: startsLikeSafetensors,
    read: readSafetensors,
  } as const),
]);

/**
 * Reads a file of weights. Its first bytes decide the format. Where they match no format, the name decides, so that the
 * format itself says what is wrong with the file.
 *
 * @param name of the file, for messages and for the fallback
 * @throws IsoconvError `INVALID_WEIGHTS` where neither the bytes nor the name tell the format, or the file is damaged
 */
export async function readWeights(name: string, source: WeightsSource): Promise<SafetensorsFile> {
  const bytes = plainBytes(source instanceof Blob ? await source.arrayBuffer() : source);
  const format =
    weightsFormats.find(({ matches }) => matches(bytes)) ??
    weightsFormats.find(({ extension }) => name.toLowerCase().endsWith(extension));
  if (format !== undefined) return format.read(bytes);
  throw invalid("file", "neither its first bytes nor its name tell a format of weights", {
    expected: `a file of ${weightsFormats.map((each) => `${each.name} (${each.extension})`).join(" or ")}`,
    received: name,
  });
}
