import { checkOptions, IsoconvError, isIsoconvError, optionChecks, type KnownOptions } from "@isoconv/core-spec";
import { downloadToCache, type CacheOptions } from "@isoconv/weights";
import { isNode, mirrorOf, type Endpoints } from "./endpoints.js";
import { findPretrained } from "./find-pretrained.js";
import type { PretrainedFile, PretrainedWeights } from "./pretrained-weights.js";

/** Which published weights are downloaded, and from where. */
export interface FetchPretrainedOptions extends Omit<CacheOptions, "sha256" | "mirror"> {
  /** The name of the weights, such as `IMAGENET1K_V1`; the newest of the network by default, as torchvision's `DEFAULT`. */
  readonly weights?: string | undefined;
  /**
   * The formats to take, in this order: the next is tried if a file cannot be downloaded. By default `pth`, then
   * `safetensors`; in pages the other way round, because torchvision's server may refuse them.
   */
  readonly formats?: readonly PretrainedFile["format"][] | undefined;
  readonly endpoints?: Endpoints | undefined;
}

/** A file of published weights in the cache. */
export interface FetchedPretrained {
  readonly weights: PretrainedWeights;
  /** The one of the weights' files that was taken. */
  readonly file: PretrainedFile;
  /** The file: in Node its address in the cache's folder. `readWeights` takes it. */
  readonly source: URL | Blob;
}

const FORMATS = ["pth", "safetensors"] as const satisfies readonly PretrainedFile["format"][];

/** The checks of {@link FetchPretrainedOptions}; `downloadToCache` checks its own options. */
export const fetchChecks: KnownOptions<FetchPretrainedOptions>["known"] = {
  weights: optionChecks.text,
  formats: optionChecks.texts,
  endpoints: true,
  cache: true,
  offline: true,
  retries: true,
  pauseMilliseconds: true,
  idleMilliseconds: true,
  signal: true,
  onProgress: true,
};

/**
 * Downloads published weights of a network into the cache, unless they are there.
 *
 * @param model the network's name in the zoo
 * @throws IsoconvError `DOWNLOAD_FAILED` if no file can be had, `ABORTED`; `INVALID_ATTRIBUTE` for a network without
 *   published weights, and for an unknown or wrong option
 */
export async function fetchPretrained(model: string, options: FetchPretrainedOptions = {}): Promise<FetchedPretrained> {
  const at = { op: "fetchPretrained" };
  checkOptions(options, { known: fetchChecks }, at);
  const { weights: name, formats = isNode() ? FORMATS : FORMATS.toReversed(), endpoints = {}, ...download } = options;
  checkOptions<Endpoints>(
    endpoints,
    { known: { huggingFace: optionChecks.text, pytorch: optionChecks.text } },
    { ...at, path: "options.endpoints" },
  );
  const weights = findPretrained(model, name);
  const files = formats.flatMap((format) => weights.files.find((file) => file.format === format) ?? []);
  const failures: IsoconvError[] = [];
  for (const file of files) {
    const sha256 = file.format === "pth" ? file.sha256Prefix : undefined;
    const mirror = mirrorOf(file, endpoints);
    try {
      const source = await downloadToCache(new URL(file.url), { ...download, sha256, mirror });
      return { weights, file, source };
    } catch (error) {
      if (!isIsoconvError(error, "DOWNLOAD_FAILED")) throw error;
      failures.push(error);
    }
  }
  const [failure, ...others] = failures;
  if (failure !== undefined && others.length === 0) throw failure;
  throw failure === undefined ? noFormat(weights, formats) : allFailed(weights, failures);
}

function noFormat({ model, files, recipe }: PretrainedWeights, received: readonly string[]): IsoconvError {
  if (files.length === 0) {
    return new IsoconvError("DOWNLOAD_FAILED", {
      node: model,
      what: "the weights were not published in a file that is read here",
      hint: `${recipe} is about them; give the file of a copy to readWeights and loadCheckpoint`,
    });
  }
  return new IsoconvError("INVALID_ATTRIBUTE", {
    node: model,
    path: "options.formats",
    what: "the weights have no file of these formats",
    expected: files.map(({ format }) => format).join(" or "),
    received,
  });
}

function allFailed({ model, name }: PretrainedWeights, failures: readonly IsoconvError[]): IsoconvError {
  return new IsoconvError("DOWNLOAD_FAILED", {
    node: model,
    path: name,
    what: "none of the files can be had",
    hint: failures.map(({ message }) => message.replace("DOWNLOAD_FAILED: ", "")).join(". "),
    cause: failures[0],
  });
}
