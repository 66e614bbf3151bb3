import type { StoredDType } from "../dtype.js";
import { invalid, tensorPath } from "../invalid.js";
import type { StoredTensor } from "../stored-tensor.js";
import { storedZip } from "./stored-zip.js";

/** NumPy's types. It has none for bfloat16 and smaller floats. */
const TYPES: Partial<Readonly<Record<StoredDType, string>>> = {
  F16: "<f2",
  F32: "<f4",
  F64: "<f8",
  C64: "<c8",
  I8: "|i1",
  I16: "<i2",
  I32: "<i4",
  I64: "<i8",
  U8: "|u1",
  U16: "<u2",
  U32: "<u4",
  U64: "<u8",
  BOOL: "|b1",
};

/** A .npz archive, as `numpy.savez` writes it. */
export async function encodeNpz(tensors: readonly StoredTensor[]): Promise<Uint8Array> {
  return storedZip(tensors.map((tensor) => ({ name: `${tensor.name}.npy`, bytes: encodeNpy(tensor) })));
}

/** Elements begin at a multiple of this many bytes in the file. */
const ALIGNMENT = 64;

/** The magic bytes, version 1.0 and the length of the header. */
const PREFIX_BYTES = 10;

/** Source: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html */
function encodeNpy(tensor: StoredTensor): Uint8Array {
  const { name, dtype, shape } = tensor;
  const type = TYPES[dtype];
  if (type === undefined) {
    throw invalid(`${tensorPath(name)}.dtype`, "NumPy has no such type", {
      received: dtype,
      hint: 'Convert it with { dtype: "float32" }',
    });
  }
  const extents = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const header = `{'descr': '${type}', 'fortran_order': False, 'shape': (${extents}), }`;
  const begin = Math.ceil((PREFIX_BYTES + header.length + 1) / ALIGNMENT) * ALIGNMENT;
  const data = tensor.bytes();
  const file = new Uint8Array(begin + data.byteLength);
  file.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  new DataView(file.buffer).setUint16(8, begin - PREFIX_BYTES, true);
  file.set(new TextEncoder().encode(`${header.padEnd(begin - PREFIX_BYTES - 1)}\n`), PREFIX_BYTES);
  file.set(data, begin);
  return file;
}
