import { checkOptions, optionChecks, type KnownOptions } from "@isoconv/core-spec";
import { requireLittleEndian } from "../endianness.js";
import { encodeFloat16 } from "../half.js";
import { isDecodableFloat, storedTensor, type StoredTensor } from "../stored-tensor.js";
import type { WeightsFile } from "../weights-file.js";
import { encodeSafetensors } from "../write-safetensors.js";

/** The formats that {@link writeWeights} writes. */
export const writtenFormats = ["safetensors", "npz", "pth"] as const;

export type WrittenFormat = (typeof writtenFormats)[number];

export interface WriteOptions {
  /** What the floating-point tensors become, rounded to the nearest; by default they stay as they are. */
  readonly dtype?: "float32" | "float16" | undefined;
}

const OPTIONS: KnownOptions<WriteOptions> = { known: { dtype: optionChecks.oneOf(["float32", "float16"]) } };

/**
 * The bytes of a file with these tensors: safetensors, NumPy's .npz, or a state dict that PyTorch loads with
 * `torch.load(path, weights_only=True)`. The same tensors give the same bytes.
 *
 * @param file of {@link readWeights}; its metadata are kept in safetensors only
 * @throws IsoconvError `INVALID_WEIGHTS` for a tensor that the format cannot keep, `INVALID_ATTRIBUTE` for a wrong option,
 *   `UNSUPPORTED` on a big-endian machine
 */
export async function writeWeights(
  format: WrittenFormat,
  file: WeightsFile,
  options: WriteOptions = {},
): Promise<Uint8Array> {
  checkOptions(options, OPTIONS, { op: "writeWeights" });
  requireLittleEndian();
  optionChecks.oneOf(writtenFormats).parse(format, { op: "writeWeights", path: "format" });
  const { dtype } = options;
  const tensors = [...file.tensors.values()].map((tensor) => (dtype === undefined ? tensor : converted(tensor, dtype)));
  switch (format) {
    case "safetensors":
      return encodeSafetensors(tensors, file.metadata);
    case "npz":
      return (await import("./npz.js")).encodeNpz(tensors);
    case "pth":
      return (await import("./pth.js")).encodePth(tensors);
  }
}

function converted(tensor: StoredTensor, dtype: "float32" | "float16"): StoredTensor {
  const { name, shape } = tensor;
  const wanted = dtype === "float32" ? "F32" : "F16";
  if (!isDecodableFloat(tensor.dtype) || tensor.dtype === wanted) return tensor;
  const values = dtype === "float32" ? tensor.toFloat32().data : encodeFloat16(tensor.toFloat64());
  return storedTensor(name, wanted, shape, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}
