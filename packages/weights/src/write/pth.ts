import { elementCount } from "@isoconv/core-spec";
import type { StoredDType } from "../dtype.js";
import { invalid, tensorPath } from "../invalid.js";
import { rowMajorStrides } from "../strided.js";
import type { StoredTensor } from "../stored-tensor.js";
import { storedZip } from "./stored-zip.js";

/** PyTorch's typed storages. It has none for unsigned integers of more than a byte and for 8-bit floats. */
const STORAGES: Partial<Readonly<Record<StoredDType, string>>> = {
  F32: "FloatStorage",
  F64: "DoubleStorage",
  F16: "HalfStorage",
  BF16: "BFloat16Storage",
  C64: "ComplexFloatStorage",
  U8: "ByteStorage",
  I8: "CharStorage",
  I16: "ShortStorage",
  I32: "IntStorage",
  I64: "LongStorage",
  BOOL: "BoolStorage",
};

/**
 * A state dict in the layout of `torch.save` since version 1.6, in one pickle of protocol 2 that names nothing but
 * `torch._utils._rebuild_tensor_v2`, storages and OrderedDict.
 */
export async function encodePth(tensors: readonly StoredTensor[]): Promise<Uint8Array> {
  const encoder = new TextEncoder();
  return storedZip([
    { name: "archive/data.pkl", bytes: pickleOf(tensors) },
    { name: "archive/byteorder", bytes: encoder.encode("little") },
    ...tensors.map((tensor, key) => ({ name: `archive/data/${key}`, bytes: tensor.bytes() })),
    { name: "archive/version", bytes: encoder.encode("3\n") },
  ]);
}

const EMPTY_ORDERED_DICT = "ccollections\nOrderedDict\n)R";

/** Opcodes as text of one byte a character; names are in UTF-8 already. */
function pickleOf(tensors: readonly StoredTensor[]): Uint8Array {
  const items = tensors.map((tensor, key) => text(tensor.name) + rebuild(tensor, String(key)));
  const opcodes = `\x80\x02${EMPTY_ORDERED_DICT}(${items.join("")}u.`;
  return Uint8Array.from(opcodes, (character) => character.charCodeAt(0));
}

function rebuild({ name, dtype, shape }: StoredTensor, key: string): string {
  const storage = STORAGES[dtype];
  if (storage === undefined) {
    throw invalid(`${tensorPath(name)}.dtype`, "PyTorch has no storage of this type", { received: dtype });
  }
  const reference = `(${text("storage")}ctorch\n${storage}\n${text(key)}${text("cpu")}${integer(elementCount(shape))}tQ`;
  return [
    "ctorch._utils\n_rebuild_tensor_v2\n(",
    reference,
    integer(0),
    tuple(shape),
    tuple(rowMajorStrides(shape)),
    "\x89", // requires_grad = False
    EMPTY_ORDERED_DICT, // no hooks
    "tR",
  ].join("");
}

function tuple(counts: readonly number[]): string {
  return `(${counts.map(integer).join("")}t`;
}

/** BINUNICODE. */
function text(value: string): string {
  const utf8 = new TextEncoder().encode(value);
  return `X${littleEndian(utf8.byteLength, 4)}${Array.from(utf8, (byte) => String.fromCharCode(byte)).join("")}`;
}

/** BININT, or LONG1 of eight bytes for a count that does not fit. */
function integer(count: number): string {
  return count < 2 ** 31 ? `J${littleEndian(count, 4)}` : `\x8a\x08${littleEndian(count, 8)}`;
}

function littleEndian(count: number, byteLength: number): string {
  const byteAt = (index: number): number => Math.floor(count / 2 ** (8 * index)) % 256;
  return Array.from({ length: byteLength }, (_, index) => String.fromCharCode(byteAt(index))).join("");
}
