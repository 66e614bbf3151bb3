import { openFile } from "#open-file";
import type { DownloadPolicy } from "../download/download-policy.js";
import { blobSource } from "./blob-source.js";
import { memorySource, type ByteSource, type ReadObserver } from "./byte-source.js";
import { download } from "./download.js";

/**
 * A file's bytes: in memory; chosen in a page; at an address, which in Node may be a `file:` address. Only the parts that
 * are needed are read from files, and other addresses are downloaded.
 */
export type WeightsSource = Uint8Array | ArrayBuffer | Blob | URL;

/**
 * @throws IsoconvError `INVALID_FILE` if it cannot be read, `DOWNLOAD_FAILED`, `INVALID_WEIGHTS` for anything but a source,
 *   `ABORTED`
 */
export async function openSource(
  name: string,
  source: WeightsSource,
  observer: ReadObserver,
  policy: DownloadPolicy,
): Promise<ByteSource> {
  if (source instanceof Blob) return blobSource(name, source, observer);
  if (!(source instanceof URL)) return memorySource(source);
  return source.protocol === "file:" ? openFile(name, source, observer) : download(name, source, observer, policy);
}
