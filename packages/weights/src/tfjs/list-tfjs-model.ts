import { elementCount, type ConcreteShape } from "@isoconv/core-spec";
import { bitsOf, type StoredDType } from "../dtype.js";
import { requireLittleEndian } from "../endianness.js";
import { invalid, showShape, tensorPath } from "../invalid.js";
import { listAt, readJsonObject, recordAt, textAt } from "../json-file.js";
import type { Block, ListedTensor, Listing, ReadingContext } from "../listing.js";
import type { ByteSource } from "../source/byte-source.js";
import { dequantise, type Quantisation } from "./dequantise.js";

/** More files of weights than any model has: the converter writes parts of 4 MB. */
const MOST_FILES = 4096;

/** The dtypes of weights. Texts are no tensors. */
const DTYPES: Readonly<Record<string, StoredDType>> = { float32: "F32", int32: "I32", bool: "BOOL", complex64: "C64" };

/** The dtypes of quantised weights in the file. */
const QUANTISED: Readonly<Record<string, StoredDType>> = { float16: "F16", uint8: "U8", uint16: "U16" };

/**
 * The weights of a TensorFlow.js model, graph or layers, from its model.json: each group of the manifest has weights one
 * after another in the files that it names. Quantised weights become float32, or stay float16.
 *
 * Source: TensorFlow.js, tfjs-core/src/io/types.ts (WeightsManifestConfig) and io_utils.ts.
 */
export async function listTfjsModel(source: ByteSource, { openSibling }: ReadingContext): Promise<Listing> {
  requireLittleEndian();
  const model = await readJsonObject(source);
  const tensors: ListedTensor[] = [];
  const remarks: string[] = [];
  let otherBytes = 0;
  let opened = 0;
  for (const [index, group] of listAt(model["weightsManifest"], "weightsManifest").entries()) {
    const path = `weightsManifest[${index}]`;
    const { paths, weights } = recordAt(group, path);
    const files: ByteSource[] = [];
    for (const [part, file] of listAt(paths, `${path}.paths`).entries()) {
      opened += 1;
      if (opened > MOST_FILES) throw invalid(`${path}.paths`, "too many files", { expected: `at most ${MOST_FILES}` });
      files.push(await openSibling(textAt(file, `${path}.paths[${part}]`)));
    }
    const groupBytes = files.reduce((sum, { size }) => sum + size, 0);
    otherBytes += groupBytes;
    let position = 0;
    for (const [at, entry] of listAt(weights, `${path}.weights`).entries()) {
      const weight = readWeight(entry, `${path}.weights[${at}]`);
      if (weight === "text") {
        remarks.push(`weights of texts in ${path} and what follows them are left out`);
        break;
      }
      const { name, dtype, shape, quantisation } = weight;
      const count = elementCount(shape);
      const storedBytes = (count * bitsOf(quantisation?.stored ?? dtype)) / 8;
      if (!(position + storedBytes <= groupBytes)) {
        throw invalid(tensorPath(name), "beyond the end of its files", {
          expected: `${storedBytes} bytes for ${showShape(shape)}`,
          received: groupBytes - position,
          hint: "A file of weights may be truncated",
        });
      }
      tensors.push({
        name,
        dtype,
        shape,
        byteLength: (count * bitsOf(dtype)) / 8,
        block: blockAcross(files, position, storedBytes),
        isView: quantisation === undefined,
        extract: (bytes) => (quantisation === undefined ? bytes : dequantise(bytes, quantisation)),
      });
      position += storedBytes;
    }
  }
  const format = model["format"];
  return { metadata: typeof format === "string" ? { format } : {}, tensors, remarks, otherBytes };
}

interface ManifestWeight {
  readonly name: string;
  /** Of the elements as they are read. */
  readonly dtype: StoredDType;
  readonly shape: ConcreteShape;
  readonly quantisation: Quantisation | undefined;
}

function readWeight(entry: unknown, path: string): ManifestWeight | "text" {
  const { name, dtype, shape, quantization } = recordAt(entry, path);
  if (dtype === "string") return "text";
  const stored = dtypeAt(dtype, DTYPES, `${path}.dtype`);
  const extents = listAt(shape, `${path}.shape`).map((extent, axis) => {
    if (typeof extent === "number" && Number.isSafeInteger(extent) && extent >= 0) return extent;
    throw invalid(`${path}.shape[${axis}]`, "not a count", { received: extent });
  });
  if (!Number.isSafeInteger(8 * elementCount(extents))) {
    throw invalid(`${path}.shape`, "more elements than can be counted", { received: showShape(extents) });
  }
  const weight = { name: textAt(name, `${path}.name`), shape: extents };
  if (quantization === undefined) return { ...weight, dtype: stored, quantisation: undefined };
  const quantised = readQuantisation(quantization, stored, `${path}.quantization`);
  return quantised === "F16"
    ? { ...weight, dtype: "F16", quantisation: undefined }
    : { ...weight, dtype: stored, quantisation: quantised };
}

/** Float16 values are stored as they are; others are whole numbers with a scale and a minimum. */
function readQuantisation(entry: unknown, dtype: StoredDType, path: string): Quantisation | "F16" {
  const quantization = recordAt(entry, path);
  const stored = dtypeAt(quantization["dtype"], QUANTISED, `${path}.dtype`);
  if (stored === "F16" && dtype === "F32") return "F16";
  const { scale, min } = quantization;
  if (typeof scale !== "number" || typeof min !== "number")
    throw invalid(path, "no scale and min", { received: [scale, min] });
  if ((stored !== "U8" && stored !== "U16") || (dtype !== "F32" && dtype !== "I32")) {
    throw invalid(path, "an unknown quantisation", {
      expected: "uint8, uint16 or float16 for float32, uint8 or uint16 for int32",
      received: `${stored} for ${dtype}`,
    });
  }
  return { stored, restored: dtype, scale, min };
}

function dtypeAt(value: unknown, dtypes: Readonly<Record<string, StoredDType>>, path: string): StoredDType {
  const dtype = typeof value === "string" && Object.hasOwn(dtypes, value) ? dtypes[value] : undefined;
  if (dtype !== undefined) return dtype;
  throw invalid(path, "an unknown dtype", { expected: Object.keys(dtypes).join(", "), received: value });
}

/** Bytes of files as if they were one. */
function blockAcross(files: readonly ByteSource[], begin: number, byteLength: number): Block {
  let start = 0;
  const parts: { file: ByteSource; from: number; to: number }[] = [];
  for (const file of files) {
    const from = Math.max(begin - start, 0);
    const to = Math.min(begin + byteLength - start, file.size);
    if (from < to) parts.push({ file, from, to });
    start += file.size;
  }
  const [only, ...more] = parts;
  if (only === undefined) return { byteLength, allocates: false, read: async () => Promise.resolve(new Uint8Array(0)) };
  if (more.length === 0) {
    return { byteLength, allocates: !only.file.inMemory, read: () => only.file.read(only.from, only.to) };
  }
  const read = async (): Promise<Uint8Array> => {
    const bytes = new Uint8Array(byteLength);
    let filled = 0;
    for (const { file, from, to } of parts) {
      bytes.set(await file.read(from, to), filled);
      filled += to - from;
    }
    return bytes;
  };
  return { byteLength, allocates: true, read };
}
