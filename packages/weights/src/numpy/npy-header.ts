import { elementCount, type ConcreteShape } from "@isoconv/core-spec";
import { bitsOf, type StoredDType } from "../dtype.js";
import { invalid, showShape } from "../invalid.js";

/** What the header of a .npy file says of its array. */
export interface NpyHeader {
  readonly dtype: StoredDType;
  readonly isBigEndian: boolean;
  readonly isFortran: boolean;
  readonly shape: ConcreteShape;
  /** Where the elements begin. */
  readonly begin: number;
  readonly byteLength: number;
}

/** An array of a type that no tensor has, such as text. */
export class NoTensorArray extends Error {
  /** @param type as NumPy writes it, such as `<U5` */
  constructor(readonly type: string) {
    super(`an array of ${type}`);
  }
}

/** NumPy's types by their codes without byte order. */
const DTYPES: Readonly<Record<string, StoredDType>> = {
  f2: "F16",
  f4: "F32",
  f8: "F64",
  c8: "C64",
  i1: "I8",
  i2: "I16",
  i4: "I32",
  i8: "I64",
  u1: "U8",
  u2: "U16",
  u4: "U32",
  u8: "U64",
  b1: "BOOL",
};

/** The magic bytes, the version and the longest length of the header. */
const PREFIX_BYTES = 12;

/** Bytes of a file's start that have the header of any usual array; `numpy.save` refuses to write longer ones by default. */
export const NPY_START_BYTES = 2 ** 16;

/**
 * Reads the header of a .npy file from the file's start.
 *
 * Source: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 *
 * @throws IsoconvError `INVALID_WEIGHTS`; NoTensorArray
 */
export function readNpyHeader(start: Uint8Array, path: string): NpyHeader {
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  if (start.byteLength < PREFIX_BYTES || view.getUint32(0) !== 0x934e554d || view.getUint16(4) !== 0x5059) {
    throw invalid(path, "not a .npy file", { expected: "the bytes \\x93NUMPY at its start" });
  }
  const version = start[6];
  if (version !== 1 && version !== 2 && version !== 3) {
    throw invalid(path, "an unknown version of .npy files", { expected: "1, 2 or 3", received: version });
  }
  const headerStart = version === 1 ? 10 : PREFIX_BYTES;
  const begin = headerStart + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (begin > start.byteLength) {
    throw invalid(path, "the header ends too soon", { expected: `${begin} bytes`, received: start.byteLength });
  }
  return parseHeader(new TextDecoder("latin1").decode(start.slice(headerStart, begin)), begin, path);
}

/** The header is a Python dict of three keys, in any order. */
function parseHeader(text: string, begin: number, path: string): NpyHeader {
  if (!/^\s*\{.*\}\s*$/s.test(text)) throw invalid(path, "a header that is no dict", { received: text.slice(0, 40) });
  const descr = /'descr':\s*(?:'([^']*)'|(\[))/.exec(text);
  const fortran = /'fortran_order':\s*(True|False)/.exec(text)?.[1];
  const extents = /'shape':\s*\(([\d\s,L]*)\)/.exec(text)?.[1];
  if (descr === null || fortran === undefined || extents === undefined) {
    throw invalid(path, "a header without descr, fortran_order or shape", { received: text.slice(0, 80) });
  }
  // Python 2 writes 3L.
  const shape = extents
    .split(",")
    .flatMap((each) => (each.trim() === "" ? [] : [Number(each.trim().replace(/L$/, ""))]));
  const type = descr[1] ?? "a structure";
  const [, order = "", code = ""] = /^([<>|=]?)(\w+)$/.exec(type) ?? [];
  const dtype = Object.hasOwn(DTYPES, code) ? DTYPES[code] : undefined;
  if (dtype === undefined) throw new NoTensorArray(type);
  const byteLength = (elementCount(shape) * bitsOf(dtype)) / 8;
  if (!shape.every(Number.isSafeInteger) || !Number.isSafeInteger(byteLength)) {
    throw invalid(`${path}.shape`, "more elements than can be counted", { received: showShape(shape) });
  }
  return { dtype, isBigEndian: order === ">", isFortran: fortran === "True", shape, begin, byteLength };
}
