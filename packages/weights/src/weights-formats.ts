import { invalid } from "./invalid.js";
import { plainBytes } from "./plain-bytes.js";
import { readSafetensors, startsLikeSafetensors, type SafetensorsFile } from "./read-safetensors.js";

/** A file format for weights. */
export interface WeightsFormat {
  readonly name: string;
  /** The ending of its files' names. */
  readonly extension: `.${string}`;
  /** Whether a file that starts with these bytes has this format. */
  readonly matches: (start: Uint8Array) => boolean;
  /** @throws IsoconvError `INVALID_WEIGHTS` */
  readonly read: (bytes: Uint8Array) => SafetensorsFile;
}

/** The bytes of a file: in memory, or a file chosen in a page. */
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
 * Reads a file of weights. Its first bytes decide the format. If they match no format, the name decides, so that the
 * reader of that format reports what is wrong with the file.
 *
 * @param name of the file, for messages and for the fallback
 * @throws IsoconvError `INVALID_WEIGHTS` if neither the bytes nor the name identify the format, or the file is damaged
 */
export async function readWeights(name: string, source: WeightsSource): Promise<SafetensorsFile> {
  const bytes = plainBytes(source instanceof Blob ? await source.arrayBuffer() : source);
  const format =
    weightsFormats.find(({ matches }) => matches(bytes)) ??
    weightsFormats.find(({ extension }) => name.toLowerCase().endsWith(extension));
  if (format !== undefined) return format.read(bytes);
  throw invalid("file", "neither its first bytes nor its name identify a format of weights", {
    expected: `a file of ${weightsFormats.map((each) => `${each.name} (${each.extension})`).join(" or ")}`,
    received: name,
  });
}
