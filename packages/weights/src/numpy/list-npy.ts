import { requireLittleEndian } from "../endianness.js";
import { invalid } from "../invalid.js";
import { blockOf, listStrided, type Block, type ListedTensor, type Listing } from "../listing.js";
import type { ByteSource } from "../source/byte-source.js";
import { columnMajorStrides, rowMajorStrides } from "../strided.js";
import { openZip, pathOf, type ZipEntry } from "../zip/open-zip.js";
import { NoTensorArray, NPY_START_BYTES, readNpyHeader, type NpyHeader } from "./npy-header.js";

/** What NumPy calls the first array without a name. */
const UNNAMED = "arr_0";

/** The array of a .npy file. */
export async function listNpy(source: ByteSource): Promise<Listing> {
  requireLittleEndian();
  try {
    const header = readNpyHeader(await source.read(0, Math.min(NPY_START_BYTES, source.size)), "header");
    checkLength(header, source.size, "file");
    const block = blockOf(source, header.begin, header.byteLength);
    return { metadata: {}, tensors: [listArray(UNNAMED, header, block, 0)], remarks: [] };
  } catch (error) {
    if (!(error instanceof NoTensorArray)) throw error;
    throw invalid("header.descr", "not the type of a tensor", { expected: "numbers", received: error.type });
  }
}

/** The arrays of a .npz file, without those of types that no tensor has, which are remarked. */
export async function listNpz(source: ByteSource): Promise<Listing> {
  requireLittleEndian();
  const remarks: string[] = [];
  const tensors: ListedTensor[] = [];
  for (const entry of (await openZip(source)).values()) {
    const name = entry.name.replace(/\.npy$/, "");
    try {
      tensors.push(await listEntry(name, entry));
    } catch (error) {
      if (!(error instanceof NoTensorArray)) throw error;
      remarks.push(`the array ${JSON.stringify(name)} is left out: no tensor has the type ${error.type}`);
    }
  }
  return { metadata: {}, tensors, remarks };
}

async function listEntry(name: string, entry: ZipEntry): Promise<ListedTensor> {
  const path = pathOf(entry.name);
  const header = readNpyHeader(await entry.start(NPY_START_BYTES), path);
  checkLength(header, entry.block.byteLength, path);
  const stored = await entry.stored();
  // A compressed file can only be unpacked from its start.
  if (stored === undefined) return listArray(name, header, entry.block, header.begin);
  return listArray(name, header, blockOf(stored, header.begin, header.byteLength), 0);
}

function checkLength({ begin, byteLength }: NpyHeader, fileBytes: number, path: string): void {
  if (begin + byteLength === fileBytes) return;
  throw invalid(path, "not as long as its header says", {
    expected: `${begin + byteLength} bytes`,
    received: fileBytes,
    ...(begin + byteLength > fileBytes ? { hint: "The file may be truncated" } : {}),
  });
}

function listArray(name: string, header: NpyHeader, block: Block, begin: number): ListedTensor {
  const { dtype, shape, isFortran, isBigEndian } = header;
  const strides = isFortran ? columnMajorStrides(shape) : rowMajorStrides(shape);
  return listStrided({ name, dtype, block, layout: { offset: 0, shape, strides }, isBigEndian, begin });
}
