import { IsoconvError } from "@isoconv/core-spec";
import {
  readWeights,
  recogniseFile,
  START_BYTES,
  weightsFormats,
  type FileKindName,
  type ReadOptions,
  type ReadWeights,
} from "@isoconv/weights";

/** A file that the reader of the page gave. A worker gets it without a copy of its bytes. */
export interface GivenFile {
  readonly name: string;
  readonly file: Blob;
}

/** A file of weights, and the other files of a model in parts. */
export interface WeightsFiles extends GivenFile {
  readonly others: readonly GivenFile[];
}

/** Files that say which tensors are in the others. */
const OVERVIEWS: readonly FileKindName[] = ["safetensors-index", "tfjs-model"];

/**
 * Tells which of the given files has the weights, or says where they are. Only the starts of the files are read.
 *
 * @throws IsoconvError `INVALID_FILE` unless one of several files has the weights or lists them
 */
export async function arrangeFiles(files: readonly GivenFile[]): Promise<WeightsFiles> {
  const main = files.length === 1 ? files : await mainFiles(files);
  const [only] = main;
  if (only === undefined || main.length > 1) {
    throw new IsoconvError("INVALID_FILE", {
      path: (only === undefined ? files : main).map(({ name }) => name).join(", "),
      what:
        only === undefined ? "none of the files has weights" : "several files of weights without one that lists them",
      expected: "one file, or the index or model.json of a model and its parts",
      hint: "Choose or drop one file, or all files of one model",
    });
  }
  return { ...only, others: files.filter((each) => each !== only) };
}

async function mainFiles(files: readonly GivenFile[]): Promise<readonly GivenFile[]> {
  const kinds = new Map<GivenFile, FileKindName | undefined>();
  for (const each of files) {
    const start = new Uint8Array(await each.file.slice(0, START_BYTES).arrayBuffer());
    kinds.set(each, recogniseFile(start)?.name);
  }
  const ofKinds = (wanted: readonly FileKindName[]): readonly GivenFile[] =>
    files.filter((each) => wanted.some((kind) => kind === kinds.get(each)));
  const overviews = ofKinds(OVERVIEWS);
  return overviews.length > 0 ? overviews : ofKinds(weightsFormats.flatMap((format) => format.kinds));
}

/**
 * Reads the weights in the given files. Parts of a model are found by their names.
 *
 * @throws IsoconvError as `readWeights` does; `INVALID_FILE` for a part that was not given
 */
export async function readGivenWeights(
  { name, file, others }: WeightsFiles,
  options: Pick<ReadOptions, "signal" | "onProgress"> = {},
): Promise<ReadWeights> {
  return readWeights(name, file, { ...options, sibling: (path) => partAt(path, others) });
}

function partAt(path: string, others: readonly GivenFile[]): Blob {
  const wanted = path.slice(path.lastIndexOf("/") + 1);
  const part = others.find(({ name }) => name === wanted);
  if (part !== undefined) return part.file;
  throw new IsoconvError("INVALID_FILE", {
    path,
    what: "tensors are in this other file, which was not given",
    hint: "Choose or drop all files of the model together",
  });
}
