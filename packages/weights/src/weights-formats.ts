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
  {
    name: "safetensors in parts",
    extensions: [".index.json"],
    kinds: ["safetensors-index"],
    list: async (source, context) =>
      (await import("./list-sharded-safetensors.js")).listShardedSafetensors(source, context),
  },
  {
    name: "NumPy archive",
    extensions: [".npz"],
    kinds: ["npz"],
    list: async (source) => (await import("./numpy/list-npy.js")).listNpz(source),
  },
  {
    name: "NumPy array",
    extensions: [".npy"],
    kinds: ["npy"],
    list: async (source) => (await import("./numpy/list-npy.js")).listNpy(source),
  },
  {
    name: "TensorFlow.js",
    extensions: [".json"],
    kinds: ["tfjs-model"],
    list: async (source, context) => (await import("./tfjs/list-tfjs-model.js")).listTfjsModel(source, context),
  },
  {
    name: "Keras HDF5",
    extensions: [".h5", ".hdf5"],
    kinds: ["hdf5"],
    list: async (source) => (await import("./keras/list-keras.js")).listHdf5(source),
  },
  {
    name: "Keras",
    extensions: [".keras"],
    kinds: ["keras-zip"],
    list: async (source) => (await import("./keras/list-keras.js")).listKerasArchive(source),
  },
] satisfies readonly WeightsFormat[]);
