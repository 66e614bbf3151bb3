import { bitsOf } from "../dtype.js";
import { invalid } from "../invalid.js";
import { blockOf, type Block, type Listing } from "../listing.js";
import type { ByteSource } from "../source/byte-source.js";
import { findTensors } from "./find-tensors.js";
import { listContents, mostValues } from "./list-contents.js";
import { PickleTooShort } from "./pickle-reader.js";
import { isKind, type PickleValue } from "./pickle-value.js";
import { unpickle, type Unpickled } from "./pickle.js";
import { storageOf, type StorageRef } from "./storage.js";

/** The first value of a file that `torch.save` wrote before version 1.6. */
const MAGIC = 0x1950a86a20f9469cfc6cn;

const COUNT_BYTES = 8;

/**
 * The tensors of a PyTorch checkpoint of the layout before version 1.6: five pickles (a magic number, the protocol, the
 * machine, the value, the keys of the storages), and each storage's count of elements and bytes.
 *
 * Source: PyTorch, torch/serialization.py (_legacy_save).
 */
export async function listLegacyCheckpoint(source: ByteSource): Promise<Listing> {
  const magic = await unpickleAt(source, 0);
  if (magic.value !== MAGIC) {
    throw invalid("file", "a pickle that torch.save did not write", {
      hint: "Write it with torch.save, or as safetensors or .npz",
    });
  }
  const protocol = await unpickleAt(source, magic.end);
  const machine = await unpickleAt(source, protocol.end);
  const root = await unpickleAt(source, machine.end);
  const keys = await unpickleAt(source, root.end);
  if (!isKind(keys.value, "list")) throw invalid("storages", "not a list of keys");
  const contents = findTensors(root.value, mostValues(source.size));
  const itemBytes = itemBytesByKey(contents.tensors.map(({ storage }) => storage));
  // Storages that no found tensor has, such as those of hooks, have their place in the file too.
  for (const storage of storagesIn(root.value, mostValues(source.size))) {
    if (!itemBytes.has(storage.key)) itemBytes.set(storage.key, itemBytesOf(storage));
  }
  const blocks = await locateStorages(source, keys.end, keys.value.items, itemBytes);
  return listContents(
    contents,
    ({ key, count }, path) => {
      const block = blocks.get(key);
      if (block === undefined) throw invalid(path, "its storage is not in the file", { received: key });
      if (block.byteLength < count * (itemBytes.get(key) ?? 1)) {
        throw invalid(path, "its storage is too short", { received: block.byteLength });
      }
      return block;
    },
    false,
  );
}

/** Pickles are read in a window that grows until the pickle ends in it. */
const WINDOW_BYTES = 2 ** 16;

async function unpickleAt(source: ByteSource, begin: number): Promise<Unpickled> {
  for (let length = WINDOW_BYTES; ; length *= 8) {
    const end = Math.min(begin + length, source.size);
    try {
      const { value, end: position } = unpickle(await source.read(begin, end), mostValues(source.size));
      return { value, end: begin + position };
    } catch (error) {
      if (!(error instanceof PickleTooShort)) throw error;
      if (end === source.size) throw invalid("file", "a pickle ends too soon", { hint: "The file may be truncated" });
    }
  }
}

async function locateStorages(
  source: ByteSource,
  begin: number,
  keys: readonly PickleValue[],
  itemBytes: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, Block>> {
  const blocks = new Map<string, Block>();
  let position = begin;
  for (const key of keys) {
    if (typeof key !== "string") throw invalid("storages", "a key that is no text", { received: key });
    const path = `storages[${JSON.stringify(key)}]`;
    const bytes = itemBytes.get(key);
    // Nothing in the value has this storage, so its size is not known, and those after it cannot be found.
    if (bytes === undefined) break;
    if (position + COUNT_BYTES > source.size) throw truncated(path);
    const head = await source.read(position, position + COUNT_BYTES);
    const count = Number(new DataView(head.buffer, head.byteOffset, COUNT_BYTES).getBigUint64(0, true));
    position += COUNT_BYTES;
    if (!(position + count * bytes <= source.size)) throw truncated(path);
    blocks.set(key, blockOf(source, position, count * bytes));
    position += count * bytes;
  }
  return blocks;
}

function truncated(path: string): Error {
  return invalid(path, "beyond the end of the file", { hint: "The file may be truncated" });
}

function itemBytesByKey(storages: readonly StorageRef[]): Map<string, number> {
  return new Map(storages.map((storage) => [storage.key, itemBytesOf(storage)]));
}

function itemBytesOf({ dtype }: StorageRef): number {
  return dtype === undefined ? 1 : bitsOf(dtype) / 8;
}

/** Every storage that a value refers to, wherever it is. */
function* storagesIn(root: PickleValue, most: number): Generator<StorageRef> {
  const seen = new Set<PickleValue>();
  const waiting: PickleValue[] = [root];
  const add = (...values: readonly PickleValue[]): void => {
    for (const value of values) if (typeof value === "object" && value !== null) waiting.push(value);
  };
  for (let value = waiting.pop(); value !== undefined && seen.size < most; value = waiting.pop()) {
    if (seen.has(value)) continue;
    seen.add(value);
    if (isKind(value, "persistent")) {
      if (isKind(value.id, "tuple") && value.id.items[0] === "storage") yield storageOf(value.id, "storages");
      else add(value.id);
    } else if (isKind(value, "list", "tuple", "set")) add(...value.items);
    else if (isKind(value, "dict")) add(...value.entries.flat());
    else if (isKind(value, "object")) {
      add(value.maker, value.state ?? null, ...value.arguments, ...value.items, ...value.entries.flat());
    }
  }
}
