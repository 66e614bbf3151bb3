import type { FileKindName } from "./file-kind.js";
import type { Listing, ReadingContext } from "./listing.js";
import { listSafetensors } from "./read-safetensors.js";
import type { ByteSource } from "./source/byte-source.js";

/** A file format for weights. */
export interface WeightsFormat {
  readonly name: string;
  /** How its files' names end; the first is the usual one. */
  readonly extensions: readonly [`.${string}`, ...`.${string}`[]];
  /** What `recogniseFile` calls files of this format. */
  readonly kinds: readonly FileKindName[];
  /**
   * Lists the tensors of a file.
   *
   * @throws IsoconvError `INVALID_WEIGHTS`
   */
  readonly list: (source: ByteSource, context: ReadingContext) => Promise<Listing>;
}

/** Every format this package reads. Readers are loaded when a file needs them, except for safetensors'. */
export const weightsFormats: readonly WeightsFormat[] = Object.freeze([
  {
    name: "safetensors",
    extensions: [".safetensors"],
    kinds: ["safetensors"],
    list: listSafetensors,
  },
  {
    name: "PyTorch",
    extensions: [".pth", ".pt", ".ckpt", ".bin", ".pth.tar"],
    kinds: ["pytorch-zip", "pickle"],
    list: async (source) => (await import("./pth/list-checkpoint.js")).listCheckpoint(source),
  },
] satisfies readonly WeightsFormat[]);
