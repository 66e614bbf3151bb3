import type { FileKindName } from "../file-kind.js";
import type { ReadObserver } from "../source/byte-source.js";
import type { DownloadPolicy } from "./download-policy.js";

/** A file that is to be in the cache. */
export interface CachedFile {
  /** Its name, for messages and for the cache. */
  readonly name: string;
  /** What it is kept under. */
  readonly key: URL;
  /** Where it is downloaded: `key`, or a mirror of it. */
  readonly address: URL;
  /** The first digits of its SHA-256, lower-case; undefined if they are not known. */
  readonly sha256: string | undefined;
  readonly refused: readonly FileKindName[];
  /** The cache's folder; only for Node. */
  readonly cache: string | undefined;
  /** Whether nothing may be downloaded; undefined for the usual. */
  readonly offline: boolean | undefined;
  readonly policy: DownloadPolicy;
}

/**
 * Gives a file of the cache, which is downloaded first if it is not there.
 *
 * @throws IsoconvError `DOWNLOAD_FAILED`, `ABORTED`
 */
export type FetchCached = (file: CachedFile, observer: ReadObserver) => Promise<URL | Blob>;
