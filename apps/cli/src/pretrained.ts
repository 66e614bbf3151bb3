import { fileURLToPath } from "node:url";
import { fetchPretrained, type FetchedPretrained, type FetchPretrainedOptions } from "@isoconv/zoo/pretrained";
import type { Progress } from "./progress.js";
import { bar } from "./progress-bar.js";

/** Published weights in the cache, with the path of their file. */
export interface PretrainedPath extends FetchedPretrained {
  readonly path: string;
}

/**
 * Downloads published weights of a network, unless they are in the cache, and shows how far it is.
 *
 * @throws IsoconvError as `fetchPretrained`
 */
export async function fetchWithProgress(
  model: string,
  options: FetchPretrainedOptions,
  progress: Progress | undefined,
): Promise<PretrainedPath> {
  const fetched = await fetchPretrained(model, {
    ...options,
    onProgress: (loaded, total) => progress?.count(downloadLabel(model, loaded, total)),
  });
  return { ...fetched, path: pathOf(fetched) };
}

function pathOf({ source }: FetchedPretrained): string {
  if (source instanceof URL) return fileURLToPath(source);
  throw new TypeError("the cache of a page, in Node");
}

/**
 * The name in `pretrained:NAME`, empty for `pretrained`; undefined for any other text, which is a file's path.
 */
export function pretrainedName(source: string): string | undefined {
  return /^pretrained(?::(.*))?$/.exec(source)?.slice(1).join("");
}

/** A bar of how much of a download is there. */
export function downloadLabel(name: string, loaded: number, total: number | undefined): string {
  const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
  if (total === undefined || total === 0) return `downloading ${name}: ${megabytes(loaded)}`;
  const share = Math.min(1, loaded / total);
  return `downloading ${name} ${bar(share)} ${Math.floor(100 * share)} % of ${megabytes(total)}`;
}
