import { bitsOf } from "../dtype.js";
import { invalid, showShape, tensorPath } from "../invalid.js";
import { listStrided, type Block, type ListedTensor, type Listing } from "../listing.js";
import { endOf } from "../strided.js";
import { requireLittleEndian } from "../endianness.js";
import type { Contents } from "./find-tensors.js";
import type { StorageRef } from "./storage.js";
import type { FoundTensor } from "./tensor.js";

/** How many values a pickle of a file may make. A tensor of a state dict makes some fifteen. */
export function mostValues(fileBytes: number): number {
  return 400_000 + Math.floor(fileBytes / 32);
}

/** A listing of a checkpoint whose storages are found by `blockOf`. */
export function listContents(
  { tensors, metadata }: Contents,
  blockOf: (storage: StorageRef, path: string) => Block,
  isBigEndian: boolean,
): Listing {
  requireLittleEndian();
  const blocks = new Map<string, Block>();
  const blockOnce = (storage: StorageRef, path: string): Block => {
    const known = blocks.get(storage.key);
    if (known !== undefined) return known;
    const block = blockOf(storage, path);
    blocks.set(storage.key, block);
    return block;
  };
  return {
    metadata,
    tensors: tensors.map((tensor) => listTensor(tensor, blockOnce, isBigEndian)),
    remarks: [],
  };
}

function listTensor(
  { name, dtype, storage, layout }: FoundTensor,
  blockOf: (storage: StorageRef, path: string) => Block,
  isBigEndian: boolean,
): ListedTensor {
  const path = tensorPath(name);
  const { shape } = layout;
  const itemBytes = bitsOf(dtype) / 8;
  const block = blockOf(storage, path);
  const byteLength = shape.reduce((bytes, extent) => bytes * extent, itemBytes);
  if (!Number.isSafeInteger(byteLength))
    throw invalid(`${path}.shape`, "more elements than can be counted", { received: shape });
  const end = endOf(layout) * itemBytes;
  if (!(end <= block.byteLength)) {
    throw invalid(path, "reaches beyond its storage", {
      expected: `at most ${block.byteLength} bytes for ${dtype} ${showShape(shape)}`,
      received: end,
      hint: "The file may be damaged",
    });
  }
  return listStrided({ name, dtype, block, layout, isBigEndian });
}
