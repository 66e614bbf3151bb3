import { IsoconvError, messageOf } from "@isoconv/core-spec";
import type * as H5Wasm from "h5wasm";
import { bitsOf, type StoredDType } from "../dtype.js";
import { invalid, tensorPath } from "../invalid.js";
import { wholeBlock, type ListedTensor, type Listing } from "../listing.js";
import type { ByteSource } from "../source/byte-source.js";
import { openZip } from "../zip/open-zip.js";

/** Each opened file has a name of its own in the library's memory. */
let opened = 0;

/**
 * The datasets of an HDF5 file that hold numbers, by their paths, such as `conv1/conv1/kernel:0`: the weights of a Keras
 * model in Keras' own layout. The file is kept in memory until its tensors are read.
 *
 * @throws IsoconvError `UNSUPPORTED` without the package h5wasm, `INVALID_WEIGHTS`
 */
export async function listHdf5(source: ByteSource): Promise<Listing> {
  const { ready, File } = await importH5wasm();
  const library = await ready;
  // Otherwise it prints its errors and returns numbers that mean nothing.
  library.activate_throwing_error_handler();
  // The library takes the bytes over, so they must be its own.
  const bytes = await source.read(0, source.size);
  opened += 1;
  const path = `/isoconv-${opened}.h5`;
  library.FS.createDataFile("/", path.slice(1), source.inMemory ? bytes.slice() : bytes, true, false, true);
  let file: H5Wasm.File | undefined;
  const close = async (): Promise<void> => {
    file?.close();
    library.FS.unlink(path);
    return Promise.resolve();
  };
  try {
    file = attempt("file", () => new File(path, "r"));
    return { ...listDatasets(library, file.file_id), remarks: [], close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The weights of a .keras archive, which has them in HDF5. */
export async function listKerasArchive(source: ByteSource): Promise<Listing> {
  const entry = (await openZip(source)).get(KERAS_WEIGHTS);
  if (entry === undefined) throw invalid("archive", `no ${KERAS_WEIGHTS}, which has the weights`);
  if (entry.block.byteLength > 4 * source.size + 2 ** 25) {
    throw invalid("archive", "unpacks to more than a file of this size may", { received: entry.block.byteLength });
  }
  const bytes = await entry.block.read();
  return listHdf5({
    size: bytes.byteLength,
    inMemory: !entry.block.allocates,
    read: async (begin, end) => Promise.resolve(bytes.subarray(begin, end)),
    close: async () => Promise.resolve(),
  });
}

const KERAS_WEIGHTS = "model.weights.h5";

async function importH5wasm(): Promise<typeof H5Wasm> {
  try {
    return await import("h5wasm");
  } catch (cause) {
    throw new IsoconvError("UNSUPPORTED", {
      path: "file",
      what: "files of Keras need the package h5wasm",
      hint: "Install it with npm install h5wasm",
      cause,
    });
  }
}

type Library = Awaited<(typeof H5Wasm)["ready"]>;

function listDatasets(library: Library, id: bigint): Pick<Listing, "metadata" | "tensors"> {
  const names = attempt("file", () => library.get_names(id, "/", true));
  const tensors = names.flatMap((name) => {
    const isDataset = attempt(tensorPath(name), () => library.get_type(id, name)) === library.H5G_DATASET;
    const tensor = isDataset ? listDataset(library, id, name) : undefined;
    return tensor === undefined ? [] : [tensor];
  });
  return { metadata: {}, tensors };
}

/** The tensor of a dataset; undefined if it has texts or other data. */
function listDataset(library: Library, id: bigint, name: string): ListedTensor | undefined {
  const metadata = attempt(tensorPath(name), () => library.get_dataset_metadata(id, name));
  const dtype = dtypeOf(library, metadata);
  const { shape } = metadata;
  if (dtype === undefined || shape === null) return undefined;
  const byteLength = (shape.reduce((count, extent) => count * extent, 1) * bitsOf(dtype)) / 8;
  if (!Number.isSafeInteger(byteLength))
    throw invalid(tensorPath(name), "more elements than can be counted", { received: shape });
  const read = async (): Promise<Uint8Array> =>
    Promise.resolve(attempt(tensorPath(name), () => readDataset(library, id, name, byteLength)));
  return { name, dtype, shape, byteLength, block: { byteLength, allocates: true, read }, ...wholeBlock };
}

/** The library gives the elements in row-major order and little-endian. */
function readDataset(library: Library, id: bigint, name: string, byteLength: number): Uint8Array {
  if (byteLength === 0) return new Uint8Array(0);
  const pointer = library._malloc(byteLength);
  if (pointer === 0) throw invalid(tensorPath(name), "too large for the memory of h5wasm");
  try {
    const status = library.get_dataset_data(id, name, null, null, null, BigInt(pointer));
    if (status < 0) throw invalid(tensorPath(name), "its data cannot be read", { hint: "The file may be damaged" });
    return library.HEAPU8.slice(pointer, pointer + byteLength);
  } finally {
    library._free(pointer);
  }
}

/** Of floating-point and whole numbers, and of NumPy's booleans, which are an enumeration of bytes. */
function dtypeOf(library: Library, { type, size, signed }: H5Wasm.Metadata): StoredDType | undefined {
  const { H5T_FLOAT, H5T_INTEGER, H5T_ENUM } = library.H5T_class_t;
  const bits = 8 * size;
  if (type === H5T_FLOAT.value) return FLOATS[bits];
  if (type === H5T_INTEGER.value) return (signed ? SIGNED : UNSIGNED)[bits];
  return type === H5T_ENUM.value && size === 1 ? "BOOL" : undefined;
}

const FLOATS: Readonly<Record<number, StoredDType>> = { 16: "F16", 32: "F32", 64: "F64" };
const SIGNED: Readonly<Record<number, StoredDType>> = { 8: "I8", 16: "I16", 32: "I32", 64: "I64" };
const UNSIGNED: Readonly<Record<number, StoredDType>> = { 8: "U8", 16: "U16", 32: "U32", 64: "U64" };

/** Whatever the library throws becomes an `INVALID_WEIGHTS`. */
function attempt<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof IsoconvError) throw cause;
    // HDF5 reports its stack of calls; the first says what failed.
    const [, reason = messageOf(cause)] = /\(\): (.*)/.exec(messageOf(cause)) ?? [];
    throw invalid(path, `h5wasm cannot read the file (${reason})`, { hint: "The file may be damaged", cause });
  }
}
