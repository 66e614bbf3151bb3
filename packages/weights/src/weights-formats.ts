import { IsoconvError } from "@isoconv/core-spec";
import { recogniseFile, START_BYTES, wrongFile, type FileKindName } from "./file-kind.js";
import { plainBytes } from "./plain-bytes.js";
import { readSafetensors, type SafetensorsFile } from "./read-safetensors.js";

/** A file format for weights. */
export interface WeightsFormat {
  readonly name: string;
  /** The ending of its files' names. */
  readonly extension: `.${string}`;
  /** What `recogniseFile` calls files of this format. */
  readonly kind: FileKindName;
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
    kind: "safetensors",
    read: readSafetensors,
  } as const),
]);

/**
 * Reads a file of weights. Its first bytes decide the format. If they are of no known kind, the name decides, so that the
 * reader of that format reports what is wrong with the file.
 *
 * @param name of the file, for messages and for the fallback
 * @throws IsoconvError `INVALID_FILE` that says what the file is, if that is no format of weights, or that it cannot be
 *   read; `INVALID_WEIGHTS` for a damaged file, and for a source that is not bytes
 */
export async function readWeights(name: string, source: WeightsSource): Promise<SafetensorsFile> {
  const blob = source instanceof Blob ? source : undefined;
  const start = plainBytes(blob === undefined ? source : await bytesOf(name, blob.slice(0, START_BYTES)));
  const format = formatOf(name, start);
  return format.read(blob === undefined ? start : plainBytes(await bytesOf(name, blob)));
}

function formatOf(name: string, start: Uint8Array): WeightsFormat {
  const kind = recogniseFile(start);
  const format = weightsFormats.find((each) =>
    kind === undefined ? name.toLowerCase().endsWith(each.extension) : each.kind === kind.name,
  );
  if (format !== undefined) return format;
  throw wrongFile(kind, {
    path: name,
    expected: `a file of ${weightsFormats.map((each) => `${each.name} (${each.extension})`).join(" or ")}`,
    tensors: true,
  });
}

/** The bytes of a blob. Browsers refuse those of a file that was changed or removed, or is too large. */
async function bytesOf(name: string, blob: Blob): Promise<ArrayBuffer> {
  try {
    return await blob.arrayBuffer();
  } catch (cause) {
    throw new IsoconvError("INVALID_FILE", {
      path: name,
      what: `the file cannot be read (${cause instanceof Error ? cause.message : String(cause)})`,
      hint: "Choose it again; it may have been changed, or be too large for the memory",
      cause,
    });
  }
}
