import { IsoconvError, type TensorOf } from "@isoconv/core-spec";
import type { WeightsFile } from "@isoconv/weights";
import { readTensorFile } from "./files.js";

/** A tensor of an input file, and the part of the command line that names it. */
export interface ReadTensor {
  readonly tensor: TensorOf<"float32">;
  readonly path: string;
}

/**
 * A float32 tensor of a file: the one named after `#`, or the only one in the file.
 *
 * @throws IsoconvError `INVALID_FEED`
 */
export async function readInput(source: string): Promise<ReadTensor> {
  const hash = source.lastIndexOf("#");
  const [path, wanted] = hash === -1 ? [source, undefined] : [source.slice(0, hash), source.slice(hash + 1)];
  const file = await readTensorFile(path, "INVALID_FEED");
  const name = wanted ?? onlyTensor(file, path);
  const stored = file.tensors.get(name);
  if (stored === undefined) throw noTensor(path, file, name);
  return { tensor: stored.toFloat32(), path: `${path}#${name}` };
}

/**
 * A tensor as a batch, with an axis added if it is a single item.
 *
 * @param rank of a batch: 4 for images
 * @throws IsoconvError `INVALID_FEED` for a tensor that is neither
 */
export function asBatch({ tensor, path }: ReadTensor, rank: number): TensorOf<"float32"> {
  if (tensor.shape.length === rank) return tensor;
  if (tensor.shape.length === rank - 1) return { ...tensor, shape: [1, ...tensor.shape] };
  throw new IsoconvError("INVALID_FEED", {
    path,
    what: rank === 4 ? "not images" : "not an input of the network",
    expected: rank === 4 ? "[N, C, H, W] or [C, H, W]" : `${rank} axes, or ${rank - 1} for one item`,
    received: tensor.shape,
  });
}

function onlyTensor(file: WeightsFile, path: string): string {
  const [name, ...more] = file.tensors.keys();
  if (name !== undefined && more.length === 0) return name;
  throw noTensor(path, file, undefined);
}

function noTensor(path: string, file: WeightsFile, received: string | undefined): IsoconvError {
  const names = [...file.tensors.keys()];
  const shown = names.slice(0, 5).join(", ") + (names.length > 5 ? ", …" : "");
  return new IsoconvError("INVALID_FEED", {
    path,
    what: received === undefined ? "the file does not say which tensor to feed" : "no such tensor in the file",
    expected: `FILE#NAME with one of ${shown === "" ? "its tensors (it has none)" : shown}`,
    ...(received === undefined ? {} : { received }),
  });
}
