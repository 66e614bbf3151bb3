import type { ConcreteShape } from "@isoconv/core-spec";
import { isStoredDType, storedDTypes, type StoredDType } from "./dtype.js";
import { invalid, tensorPath } from "./invalid.js";
import type { JsonReader } from "./json-reader.js";
import { METADATA_KEY } from "./names.js";

/** A header's entry for one tensor. */
export interface HeaderEntry {
  readonly name: string;
  readonly dtype: StoredDType;
  readonly shape: ConcreteShape;
  /** The first byte, counted from the end of the header. */
  readonly begin: number;
  /** One past the last byte. */
  readonly end: number;
}

export interface Header {
  readonly metadata: Readonly<Record<string, string>>;
  /** Tensors in the order of the header. */
  readonly entries: readonly HeaderEntry[];
}

/**
 * Reads a header. `checkLayout` checks whether its entries fit each other and the file.
 *
 * @throws IsoconvError `INVALID_WEIGHTS`
 */
export function readHeader(reader: JsonReader): Header {
  let metadata: Readonly<Record<string, string>> = {};
  const entries: HeaderEntry[] = [];
  for (const key of reader.members("header")) {
    if (key === METADATA_KEY) metadata = readMetadata(reader);
    else entries.push(readEntry(reader, key));
  }
  reader.end("header");
  return { metadata, entries };
}

function readMetadata(reader: JsonReader): Readonly<Record<string, string>> {
  const path = tensorPath(METADATA_KEY);
  const pairs: [key: string, value: string][] = [];
  for (const key of reader.members(path)) pairs.push([key, reader.string(`${path}[${pairs.length}]`)]);
  return Object.freeze(Object.fromEntries(pairs));
}

function readEntry(reader: JsonReader, name: string): HeaderEntry {
  const path = tensorPath(name);
  let dtype: StoredDType | undefined;
  let shape: number[] | undefined;
  let offsets: number[] | undefined;
  for (const key of reader.members(path)) {
    switch (key) {
      case "dtype":
        dtype = readDType(reader, `${path}.dtype`);
        break;
      case "shape":
        shape = readCounts(reader, `${path}.shape`);
        break;
      case "data_offsets":
        offsets = readCounts(reader, `${path}.data_offsets`);
        break;
      default:
        // Strides, quantisation and other unknown keys might change the meaning of the bytes, so they are refused.
        throw invalid(path, "unknown key", { expected: "dtype, shape and data_offsets", received: key });
    }
  }
  if (dtype === undefined) throw invalid(path, "no dtype");
  if (shape === undefined) throw invalid(path, "no shape");
  if (offsets === undefined) throw invalid(path, "no data_offsets");
  const [begin, end] = offsets;
  if (begin === undefined || end === undefined || offsets.length > 2) {
    throw invalid(`${path}.data_offsets`, "not a pair", { expected: "[begin, end]", received: offsets });
  }
  return { name, dtype, shape: Object.freeze(shape), begin, end };
}

function readDType(reader: JsonReader, path: string): StoredDType {
  const name = reader.string(path);
  if (isStoredDType(name)) return name;
  throw invalid(path, "unknown dtype", { expected: `one of ${storedDTypes.join(", ")}`, received: name });
}

function readCounts(reader: JsonReader, path: string): number[] {
  const counts: number[] = [];
  for (const index of reader.items(path)) counts.push(reader.count(`${path}[${index}]`));
  return counts;
}
