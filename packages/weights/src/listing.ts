import { elementCount, type ConcreteShape } from "@isoconv/core-spec";
import { bitsOf, type StoredDType } from "./dtype.js";
import type { ByteSource } from "./source/byte-source.js";
import { isContiguous, swapBytes, takeElements, type StridedLayout } from "./strided.js";

/** Bytes that are read at once: the data of one tensor, or a storage that tensors share. */
export interface Block {
  readonly byteLength: number;
  /** Whether `read` takes memory; it returns a view otherwise. */
  readonly allocates: boolean;
  readonly read: () => Promise<Uint8Array>;
}

/** A tensor of a file whose data were not read yet. */
export interface ListedTensor {
  readonly name: string;
  readonly dtype: StoredDType;
  readonly shape: ConcreteShape;
  /** Of its elements in row-major order. */
  readonly byteLength: number;
  readonly block: Block;
  /** Its elements in row-major order and little-endian, from the bytes of its block: a view, or a copy. */
  readonly extract: (block: Uint8Array) => Uint8Array;
  /** Whether `extract` returns a view. */
  readonly isView: boolean;
}

/** The tensors of a file, in its order, before their data are read. */
export interface Listing {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: readonly ListedTensor[];
  /** What users should know about the file, a sentence each. */
  readonly remarks: readonly string[];
  /** Bytes of the other files that the tensors are in. */
  readonly otherBytes?: number;
  /** Closes what the blocks read from, apart from the source. */
  readonly close?: () => Promise<void>;
}

/** Takes a block as it is. */
export const wholeBlock = { extract: (block: Uint8Array) => block, isView: true } as const;

/** A tensor whose elements lie in a block by a layout, from byte `begin` on. */
export function listStrided({
  name,
  dtype,
  block,
  layout,
  isBigEndian,
  begin = 0,
}: Pick<ListedTensor, "name" | "dtype" | "block"> & {
  readonly layout: StridedLayout;
  readonly isBigEndian: boolean;
  readonly begin?: number;
}): ListedTensor {
  const itemBytes = bitsOf(dtype) / 8;
  const isSwapped = isBigEndian && itemBytes > 1;
  return {
    name,
    dtype,
    shape: layout.shape,
    byteLength: elementCount(layout.shape) * itemBytes,
    block,
    isView: isContiguous(layout) && !isSwapped,
    extract: (bytes) => {
      const elements = takeElements(bytes.subarray(begin), itemBytes, layout);
      // The parts of a complex number are swapped each by itself.
      return isSwapped ? swapBytes(elements, dtype === "C64" ? itemBytes / 2 : itemBytes) : elements;
    },
  };
}

/** Part of a file, as a block. */
export function blockOf(source: ByteSource, begin: number, byteLength: number): Block {
  return { byteLength, allocates: !source.inMemory, read: () => source.read(begin, begin + byteLength) };
}

/** What a format's reader is told, and may ask for. */
export interface ReadingContext {
  /** The file's name, for messages. */
  readonly name: string;
  /** Opens another file of the same model by its path relative to this one. */
  readonly openSibling: (path: string) => Promise<ByteSource>;
}
