import { invalid } from "../invalid.js";
import type { StoredDType } from "../dtype.js";
import { globalName, tupleItems, type PickleValue } from "./pickle-value.js";

/** A storage that a pickle refers to. */
export interface StorageRef {
  readonly key: string;
  /** Undefined if the storage has bytes of any type. */
  readonly dtype: StoredDType | undefined;
  /** How many elements, or bytes if it has no dtype. */
  readonly count: number;
  /** Where a part of a storage begins in it, as old versions of PyTorch write parts. */
  readonly offset: number;
}

/** PyTorch's dtypes by their names after `torch.`. */
const DTYPES: Readonly<Record<string, StoredDType>> = {
  float32: "F32",
  float64: "F64",
  float16: "F16",
  bfloat16: "BF16",
  complex64: "C64",
  uint8: "U8",
  int8: "I8",
  int16: "I16",
  int32: "I32",
  int64: "I64",
  uint16: "U16",
  uint32: "U32",
  uint64: "U64",
  bool: "BOOL",
  float8_e4m3fn: "F8_E4M3",
  float8_e4m3fnuz: "F8_E4M3FNUZ",
  float8_e5m2: "F8_E5M2",
  float8_e5m2fnuz: "F8_E5M2FNUZ",
  float8_e8m0fnu: "F8_E8M0",
};

/** PyTorch's typed storages by their names after `torch.`. */
const STORAGES: Readonly<Record<string, StoredDType>> = {
  FloatStorage: "F32",
  DoubleStorage: "F64",
  HalfStorage: "F16",
  BFloat16Storage: "BF16",
  ComplexFloatStorage: "C64",
  ByteStorage: "U8",
  CharStorage: "I8",
  ShortStorage: "I16",
  IntStorage: "I32",
  LongStorage: "I64",
  BoolStorage: "BOOL",
};

/** The stored dtype of `torch.float32` and the like. */
export function dtypeOf(value: PickleValue | undefined, path: string): StoredDType {
  const name = globalName(value)?.replace(/^torch\./, "") ?? "";
  const dtype = Object.hasOwn(DTYPES, name) ? DTYPES[name] : undefined;
  if (dtype !== undefined) return dtype;
  throw invalid(`${path}.dtype`, "tensors of this type are not read", {
    expected: Object.keys(DTYPES).join(", "),
    received: globalName(value) ?? value,
  });
}

/** The storage of a persistent id: `("storage", type, key, location, count[, (view key, offset, count)])`. */
export function storageOf(id: PickleValue, path: string): StorageRef {
  const items = tupleItems(id) ?? [];
  const [kind, type, key, , count, view] = items;
  if (kind !== "storage" || typeof key !== "string")
    throw invalid(path, "data that are no storage", { received: kind });
  const name = globalName(type) ?? "";
  const typed = name.replace(/^torch\.(cuda\.)?/, "");
  const isUntyped = UNTYPED.has(name);
  const dtype = Object.hasOwn(STORAGES, typed) ? STORAGES[typed] : undefined;
  if (dtype === undefined && !isUntyped) {
    throw invalid(path, /Q(U?)Int/.test(name) ? "a quantised tensor" : "tensors of this type are not read", {
      expected: Object.keys(STORAGES).join(", "),
      received: name,
      hint: "Save the tensor with another dtype",
    });
  }
  if (!isCount(count)) throw invalid(path, "a storage without a size", { received: count });
  const part = tupleItems(view ?? null);
  if (part === undefined) return { key, dtype, count, offset: 0 };
  const [, offset, partCount] = part;
  if (!isCount(offset) || !isCount(partCount) || offset + partCount > count) {
    throw invalid(path, "a part beyond its storage", { received: [offset, partCount] });
  }
  return { key, dtype, count, offset };
}

const UNTYPED: ReadonlySet<string> = new Set(["torch.storage.UntypedStorage", "torch.UntypedStorage"]);

export function isCount(value: PickleValue | undefined): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
