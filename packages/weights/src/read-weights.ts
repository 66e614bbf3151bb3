import {
  checkAborted,
  checkOptions,
  IsoconvError,
  optionChecks,
  type ConcreteShape,
  type KnownOptions,
} from "@isoconv/core-spec";
import { policyChecks, type DownloadPolicy } from "./download/download-policy.js";
import type { StoredDType } from "./dtype.js";
import { recogniseFile, START_BYTES, wrongFile } from "./file-kind.js";
import { invalid, tensorPath } from "./invalid.js";
import type { Listing, ReadingContext } from "./listing.js";
import { loadListing } from "./load-listing.js";
import type { ByteSource, ReadObserver } from "./source/byte-source.js";
import { openSource, type WeightsSource } from "./source/open-source.js";
import { sumProgress } from "./source/sum-progress.js";
import type { WeightsFile } from "./weights-file.js";
import { weightsFormats, type WeightsFormat } from "./weights-formats.js";

/** How a file is read; {@link DownloadPolicy} is for those at an address of a server. */
export interface ReadOptions extends ReadObserver, DownloadPolicy {
  /** Which tensors to read, by their names in the file; all by default. */
  readonly select?: ((name: string) => boolean) | undefined;
  /**
   * The other files of a model in several parts, by their paths relative to the file. By default they are at the same
   * relative address, if the source is an address.
   */
  readonly sibling?: ((path: string) => WeightsSource | undefined | Promise<WeightsSource | undefined>) | undefined;
  /** The most memory that the tensors may take, in bytes; by default four times the file's and 32 MiB. */
  readonly maxBytes?: number | undefined;
}

const OPTIONS: KnownOptions<ReadOptions> = {
  known: {
    ...policyChecks,
    select: optionChecks.function,
    sibling: optionChecks.function,
    maxBytes: optionChecks.count,
    signal: optionChecks.signal,
    onProgress: optionChecks.function,
  },
};

/** A file's tensors, and what is known of the file. */
export interface ReadWeights extends WeightsFile {
  /** The name of the format in {@link weightsFormats}. */
  readonly format: string;
  /** What users should know, a sentence each: a name that disagrees with the format, arrays that are no tensors. */
  readonly remarks: readonly string[];
}

/** A tensor of a file that was not read. */
export interface TensorSummary {
  readonly dtype: StoredDType;
  readonly shape: ConcreteShape;
  /** Of its elements. */
  readonly byteLength: number;
}

/** What a file has, without its data. */
export interface ListedWeights extends Omit<ReadWeights, "tensors"> {
  readonly tensors: ReadonlyMap<string, TensorSummary>;
}

/**
 * Reads a file of weights. Its first bytes decide the format. If they are of no known kind, the name decides, so that the
 * reader of that format reports what is wrong with the file. Nothing in a file is executed.
 *
 * @param name of the file, for messages and for the fallback
 * @throws IsoconvError `INVALID_FILE` that says what the file is, if that is no format of weights, or that it cannot be
 *   read; `INVALID_WEIGHTS` for a damaged file, for one that would take too much memory, and for a source that is not
 *   bytes; `DOWNLOAD_FAILED` if a server does not give it; `UNSUPPORTED` for a file that this machine cannot read; `ABORTED`; `INVALID_ATTRIBUTE` for an unknown option
 */
export async function readWeights(
  name: string,
  source: WeightsSource,
  options: ReadOptions = {},
): Promise<ReadWeights> {
  checkOptions(options, OPTIONS, { op: "readWeights" });
  const { signal, select = () => true, maxBytes } = options;
  return withListing(name, source, options, async ({ listing, format, remarks }, fileBytes) => ({
    format: format.name,
    metadata: listing.metadata,
    tensors: await loadListing(listing, { path: name, fileBytes, select, signal, maxBytes }),
    remarks,
  }));
}

/**
 * Lists the tensors of a file of weights like {@link readWeights}, without reading their data.
 *
 * @throws as `readWeights` does
 */
export async function listWeights(
  name: string,
  source: WeightsSource,
  options: Omit<ReadOptions, "select" | "maxBytes"> = {},
): Promise<ListedWeights> {
  checkOptions(options, OPTIONS, { op: "listWeights" });
  return withListing(name, source, options, async ({ listing, format, remarks }) =>
    Promise.resolve({
      format: format.name,
      metadata: listing.metadata,
      tensors: new Map(
        listing.tensors.map(({ name, dtype, shape, byteLength }) => [name, { dtype, shape, byteLength }]),
      ),
      remarks,
    }),
  );
}

interface FoundListing {
  readonly listing: Listing;
  readonly format: WeightsFormat;
  readonly remarks: readonly string[];
}

/** Opens a file, lists its tensors, and closes it and its siblings when the work is done. */
async function withListing<T>(
  name: string,
  source: WeightsSource,
  options: ReadOptions,
  work: (found: FoundListing, fileBytes: number) => Promise<T>,
): Promise<T> {
  const opened: Pick<ByteSource, "close">[] = [];
  const nextObserver = sumProgress(options);
  const open = async (path: string, from: WeightsSource): Promise<ByteSource> => {
    const file = await openSource(path, from, nextObserver(), options);
    opened.push(file);
    return file;
  };
  try {
    const file = await open(name, source);
    const { format, remarks } = await formatOf(name, file);
    checkAborted(options.signal);
    const context: ReadingContext = {
      name,
      openSibling: async (path) => open(path, await siblingOf(path, source, options)),
    };
    const listing = await format.list(file, context);
    if (listing.close !== undefined) opened.push({ close: listing.close });
    checkNames(listing);
    return await work(
      { listing, format, remarks: [...remarks, ...listing.remarks] },
      file.size + (listing.otherBytes ?? 0),
    );
  } finally {
    for (const file of opened.toReversed()) await file.close();
  }
}

async function formatOf(
  name: string,
  file: ByteSource,
): Promise<{ format: WeightsFormat; remarks: readonly string[] }> {
  const kind = recogniseFile(await file.read(0, Math.min(START_BYTES, file.size)));
  const byName = weightsFormats.find(({ extensions }) => extensions.some((end) => name.toLowerCase().endsWith(end)));
  const format = kind === undefined ? byName : weightsFormats.find(({ kinds }) => kinds.includes(kind.name));
  if (format === undefined) {
    throw wrongFile(kind, {
      path: name,
      expected: `a file of ${weightsFormats.map((each) => `${each.name} (${each.extensions.join(", ")})`).join("; ")}`,
      tensors: true,
    });
  }
  const disagrees = kind !== undefined && byName !== undefined && byName !== format;
  return { format, remarks: disagrees ? [`the name says ${byName.name}, but the file is ${kind.title}`] : [] };
}

/** Paths come from the file: they must stay in its folder. */
async function siblingOf(path: string, source: WeightsSource, { sibling }: ReadOptions): Promise<WeightsSource> {
  if (/^[\\/]|^[a-z][a-z\d+.-]*:|\\|(^|\/)\.\.?(\/|$)|[?#%]/i.test(path) || path === "") {
    throw invalid("files", "a path that leaves the folder of the file", { received: path });
  }
  const given = await sibling?.(path);
  if (given !== undefined) return given;
  if (sibling === undefined && source instanceof URL && source.protocol !== "data:" && source.protocol !== "blob:") {
    return new URL(path, source);
  }
  throw new IsoconvError("INVALID_FILE", {
    path,
    what: "the tensors are in this other file, which was not given",
    hint: "Give the files with the option sibling, or the address of the first as a URL",
  });
}

function checkNames({ tensors }: Listing): void {
  const names = new Set<string>();
  for (const { name } of tensors) {
    if (names.has(name)) throw invalid(tensorPath(name), "another tensor has the same name");
    names.add(name);
  }
}
