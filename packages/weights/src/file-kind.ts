import { IsoconvError } from "@isoconv/core-spec";
import { pictureKinds, type PictureKindName } from "./picture-kinds.js";
import { startsLikeSafetensors } from "./read-safetensors.js";

/** What a file is, by its first bytes. */
export interface FileKind {
  readonly name: FileKindName;
  /** For example `a PNG picture`. */
  readonly title: string;
  /** What to do with such a file, whatever it was taken for; undefined if that depends on it. */
  readonly advice?: string;
  /** How to get the tensors in it as safetensors, where that is another way. */
  readonly conversion?: string;
  readonly isPicture?: true;
}

/** The names of the kinds of files. */
export type FileKindName =
  | PictureKindName
  | "empty"
  | "safetensors"
  | "gzip"
  | "hdf5"
  | "pytorch-zip"
  | "npz"
  | "keras-zip"
  | "zip"
  | "pickle"
  | "npy"
  | "onnx"
  | "html"
  | "lfs-pointer"
  | "safetensors-index"
  | "tfjs-model"
  | "json";

/** Bytes of a file's start that decide its kind. */
export const START_BYTES = 4096;

const PICTURE = "Decode and normalise the picture, and write the tensor [N, C, H, W] with writeSafetensors";

/** The kinds, with their tests in this order: the start of a safetensors file may look like another kind's. */
const kinds: readonly (FileKind & { readonly matches: (start: Uint8Array) => boolean })[] = [
  {
    name: "empty",
    title: "empty",
    advice: "Download or write it again; if a server sent it, check the address",
    matches: (start) => start.byteLength === 0,
  },
  { name: "safetensors", title: "a safetensors file", matches: startsLikeSafetensors },
  ...pictureKinds.map((kind) => ({ ...kind, conversion: PICTURE, isPicture: true as const })),
  {
    name: "gzip",
    title: "compressed with gzip",
    advice: "Unpack it with gunzip or tar",
    matches: startsWith(0x1f, 0x8b),
  },
  {
    name: "hdf5",
    title: "an HDF5 file, as Keras writes .h5",
    matches: startsWith(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a),
  },
  {
    name: "pytorch-zip",
    title: "a PyTorch checkpoint (.pth or .pt)",
    matches: (start) =>
      /(^|\/)(data\.pkl|\.format_version|byteorder|version|data\/\d+)$/.test(firstEntryOf(start) ?? ""),
  },
  {
    name: "npz",
    title: "a NumPy archive (.npz)",
    matches: (start) => firstEntryOf(start)?.endsWith(".npy") ?? false,
  },
  {
    name: "keras-zip",
    title: "a Keras model (.keras)",
    matches: (start) => ["metadata.json", "config.json", "model.weights.h5"].includes(firstEntryOf(start) ?? ""),
  },
  { name: "zip", title: "a zip archive", advice: "Unpack it", matches: (start) => firstEntryOf(start) !== undefined },
  {
    name: "pickle",
    title: "a Python pickle, as older versions of PyTorch write .pth",
    matches: (start) => start[0] === 0x80 && (start[1] ?? 0) >= 2 && (start[1] ?? 0) <= 5,
  },
  {
    name: "npy",
    title: "a NumPy array (.npy)",
    matches: startsWith(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59),
  },
  {
    name: "onnx",
    title: "an ONNX model",
    conversion: "Save the weights of the network that it was exported from as safetensors",
    matches: startsLikeOnnx,
  },
  {
    name: "html",
    title: "an HTML page",
    advice:
      "The server answered with a page, such as a login or an error: check the address, and download the file itself. " +
      "If a bundler made the address, serve the file yourself and give its address (docs/bundlers.md)",
    matches: (start) => /^<(!doctype html|html|head|body)\b/i.test(textOf(start) ?? ""),
  },
  {
    name: "lfs-pointer",
    title: "a Git LFS pointer in place of the file",
    advice: "Fetch the file with git lfs pull",
    matches: (start) => textOf(start)?.startsWith("version https://git-lfs.github.com/spec/") ?? false,
  },
  {
    name: "safetensors-index",
    title: "the index of a safetensors file in several parts",
    matches: (start) => /^\{[^]*"weight_map"\s*:/.test(textOf(start) ?? ""),
  },
  {
    name: "tfjs-model",
    title: "a TensorFlow.js model (model.json)",
    matches: (start) =>
      /^\{[^]*"(modelTopology|weightsManifest)"\s*:|"format"\s*:\s*"(graph|layers)-model"/.test(textOf(start) ?? ""),
  },
  {
    name: "json",
    title: "JSON",
    conversion: "Save the tensors as safetensors",
    matches: (start) => /^[{[]/.test(textOf(start) ?? ""),
  },
];

/** The kind of a file that starts with these bytes; undefined for one that is not in the list. */
export function recogniseFile(bytes: Uint8Array): FileKind | undefined {
  const start = bytes.subarray(0, START_BYTES);
  const found = kinds.find(({ matches }) => matches(start));
  if (found === undefined) return undefined;
  const { matches: _, ...kind } = found;
  return kind;
}

/** What a file was taken for. */
export interface WantedFile {
  /** The file's name or path, for the message. */
  readonly path: string;
  /** What the file should have been, for example `a report of isoconv`. */
  readonly expected: string;
  /** Whether the tensors in it are wanted, so that the error says how to convert them. */
  readonly tensors?: boolean;
}

/**
 * Refuses a file that is known to be of another kind. One of no known kind passes: its reader says what is wrong.
 *
 * @param bytes the whole file, or at least its first {@link START_BYTES}
 * @throws IsoconvError `INVALID_FILE` that says what the file is and what to do
 */
export function checkFile(bytes: Uint8Array, kinds: readonly FileKindName[], wanted: WantedFile): void {
  const kind = recogniseFile(bytes);
  if (kind !== undefined && !kinds.includes(kind.name)) throw wrongFile(kind, wanted);
}

/** An `INVALID_FILE` error that says what the file is and what to do. */
export function wrongFile(kind: FileKind | undefined, { path, expected, tensors = false }: WantedFile): IsoconvError {
  return new IsoconvError("INVALID_FILE", {
    path,
    what: kind === undefined ? "the first bytes of the file are of no known kind" : `the file is ${kind.title}`,
    expected,
    hint: kind?.advice ?? (tensors ? kind?.conversion : undefined),
  });
}

function startsWith(...bytes: readonly number[]): (start: Uint8Array) => boolean {
  return (start) => bytes.every((byte, index) => start[index] === byte);
}

/** The name of the first file in a zip archive; undefined if the bytes do not start one. */
function firstEntryOf(start: Uint8Array): string | undefined {
  if (startsWith(0x50, 0x4b, 0x05, 0x06)(start)) return "";
  if (!startsWith(0x50, 0x4b, 0x03, 0x04)(start)) return undefined;
  const length = (start[26] ?? 0) + 256 * (start[27] ?? 0);
  return new TextDecoder().decode(start.slice(30, 30 + length));
}

/**
 * A protocol buffer that starts with field 1, ONNX's `ir_version`, and goes on with another field of a model:
 * producer_name, producer_version, domain, model_version, doc_string, graph, opset_import or metadata_props.
 */
function startsLikeOnnx(start: Uint8Array): boolean {
  const [tag, version = 0, next = 0] = start;
  return (
    tag === 0x08 && version > 0 && version < 0x20 && [0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42, 0x72].includes(next)
  );
}

/** The start of a text, without white space before it; undefined if the bytes are no text. */
function textOf(start: Uint8Array): string | undefined {
  // Tab, line feed and carriage return are the control characters of text.
  if (start.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d)) return undefined;
  return new TextDecoder().decode(start.slice()).trimStart();
}
