import { elementCount, render, type Tensor, type Tensors } from "@isoconv/core-spec";
import { storedDTypes, type StoredDType } from "./dtype.js";
import { requireLittleEndian } from "./endianness.js";
import { invalid } from "./invalid.js";
import { compareNames, isWellFormed, METADATA_KEY } from "./names.js";
import { MAX_HEADER_BYTES, PREFIX_BYTES } from "./read-safetensors.js";
import type { StoredTensor } from "./stored-tensor.js";

/** Data start at a multiple of this many bytes, so that every tensor can be viewed in place. */
const ALIGNMENT = 8;

/**
 * Writes tensors to a safetensors file: float32 as `F32`, int32 as `I32`, bit for bit.
 *
 * The same tensors and metadata give the same bytes in any order of keys. They equal the official library's bytes,
 * except that metadata are sorted too.
 *
 * @throws IsoconvError `INVALID_WEIGHTS` for a name the format or this library cannot keep, data that do not fill their
 *   shape, or metadata that are not strings; `UNSUPPORTED` on a big-endian machine
 */
export function writeSafetensors(tensors: Tensors, metadata?: Readonly<Record<string, string>>): Uint8Array {
  requireLittleEndian();
  return encodeEntries(
    Object.entries(tensors).map(([name, tensor]) => describe(name, tensor)),
    metadata,
  );
}

/** A safetensors file of tensors of any dtype, which stay as they are stored. */
export function encodeSafetensors(
  tensors: readonly StoredTensor[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const entries = tensors.map((tensor) => {
    const { name, dtype, shape } = tensor;
    checkName(name, `tensors[${render(name)}]`);
    return { name, dtype, shape, bytes: tensor.bytes() };
  });
  return encodeEntries(entries, Object.keys(metadata).length === 0 ? undefined : metadata);
}

function encodeEntries(given: readonly Entry[], metadata: Readonly<Record<string, string>> | undefined): Uint8Array {
  // The official order: dtypes by descending alignment, then by the format's list from its end; then names.
  const entries = given.toSorted((a, b) => rankOf(b.dtype) - rankOf(a.dtype) || compareNames(a.name, b.name));
  const members = metadata === undefined ? [] : [`"${METADATA_KEY}":${metadataJson(metadata)}`];
  let offset = 0;
  for (const { name, dtype, shape, bytes } of entries) {
    const end = offset + bytes.byteLength;
    members.push(
      `${JSON.stringify(name)}:{"dtype":"${dtype}","shape":[${shape.join(",")}],"data_offsets":[${offset},${end}]}`,
    );
    offset = end;
  }
  const header = new TextEncoder().encode(`{${members.join(",")}}`);
  const headerBytes = Math.ceil(header.byteLength / ALIGNMENT) * ALIGNMENT;
  if (headerBytes > MAX_HEADER_BYTES) {
    throw invalid("header.length", "beyond the format's limit", {
      expected: `at most ${MAX_HEADER_BYTES} bytes`,
      received: headerBytes,
    });
  }
  const file = new Uint8Array(PREFIX_BYTES + headerBytes + offset);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true);
  file.fill(0x20, PREFIX_BYTES, PREFIX_BYTES + headerBytes);
  file.set(header, PREFIX_BYTES);
  let position = PREFIX_BYTES + headerBytes;
  for (const { bytes } of entries) {
    file.set(bytes, position);
    position += bytes.byteLength;
  }
  return file;
}

interface Entry {
  readonly name: string;
  readonly dtype: StoredDType;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

function describe(name: string, { dtype, shape, data }: Tensor): Entry {
  const path = `tensors[${render(name)}]`;
  checkName(name, path);
  for (const [axis, extent] of shape.entries()) {
    if (Number.isSafeInteger(extent) && extent >= 0) continue;
    throw invalid(`${path}.shape[${axis}]`, "an extent is not a count", {
      expected: "an integer ≥ 0",
      received: extent,
    });
  }
  if (data.length !== elementCount(shape)) {
    throw invalid(`${path}.data`, "the data do not fill the shape", {
      expected: `${elementCount(shape)} elements`,
      received: data.length,
    });
  }
  const Type = dtype === "float32" ? Float32Array : Int32Array;
  if (!(data instanceof Type)) throw invalid(`${path}.data`, `not the data of a ${dtype} tensor`, { received: data });
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return { name, dtype: dtype === "float32" ? "F32" : "I32", shape, bytes };
}

/** The place of a dtype in the format's list, which is by alignment. */
function rankOf(dtype: StoredDType): number {
  return storedDTypes.indexOf(dtype);
}

function checkName(name: string, path: string): void {
  if (name === "" || name === METADATA_KEY) throw invalid(path, "not a name for a tensor", { received: name });
  checkKey(name, path);
}

function metadataJson(metadata: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(metadata).toSorted(([a], [b]) => compareNames(a, b));
  const members = pairs.map(([key, value]) => {
    const path = `metadata[${render(key)}]`;
    checkKey(key, path);
    if (typeof value !== "string") throw invalid(path, "not a string", { received: value });
    if (!isWellFormed(value)) throw invalid(path, "lone surrogate in a string", { received: value });
    return `${JSON.stringify(key)}:${JSON.stringify(value)}`;
  });
  return `{${members.join(",")}}`;
}

/** Refuses names that `readSafetensors` would refuse. */
function checkKey(key: string, path: string): void {
  if (key === "__proto__") throw invalid(path, "forbidden key", { received: key });
  if (!isWellFormed(key)) throw invalid(path, "lone surrogate in a name", { received: key });
}
