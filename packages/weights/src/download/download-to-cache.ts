import { fetchCached } from "#fetch-cached";
import { checkOptions, inDomain, optionChecks, type KnownOptions } from "@isoconv/core-spec";
import type { FileKindName } from "../file-kind.js";
import type { ReadObserver } from "../source/byte-source.js";
import { policyChecks, type DownloadPolicy } from "./download-policy.js";
import { shareWork, type SharedWork } from "./share-work.js";

export interface CacheOptions extends DownloadPolicy, ReadObserver {
  /** The file's SHA-256, or its first digits. What comes with another is refused, and not kept. */
  readonly sha256?: string | undefined;
  /** Where to download the file in place of its address, under which it is kept. */
  readonly mirror?: URL | undefined;
  /** The folder of the cache, in Node; by default `ISOCONV_CACHE`, or `isoconv` in the system's folder for caches. */
  readonly cache?: string | undefined;
  /** Whether to refuse a file that is not in the cache; by default `ISOCONV_OFFLINE` decides in Node. */
  readonly offline?: boolean | undefined;
}

const { flag, function: callback, signal, text } = optionChecks;
const OPTIONS: KnownOptions<CacheOptions> = {
  known: {
    ...policyChecks,
    sha256: inDomain(
      "up to 64 hexadecimal digits",
      (value) => typeof value === "string" && /^[\da-f]{1,64}$/i.test(value),
    ),
    mirror: inDomain("a URL", (value) => value instanceof URL),
    cache: text,
    offline: flag,
    signal,
    onProgress: callback,
  },
};

const running = new Map<string, SharedWork<URL | Blob>>();

/**
 * A file of the cache; it is downloaded first if it is not there. In Node the cache is a folder, and the result the
 * address of the file in it; in pages it is the Cache API, and the result the file. `readWeights` takes both.
 *
 * A download that breaks off goes on where it ended, also in another process, if the server has the same version of the
 * file. Calls and processes that want the same file at the same time share one download. A file gets its name in the cache
 * when it is whole and its SHA-256 was compared.
 *
 * @throws IsoconvError `DOWNLOAD_FAILED` if the server does not give the file or gives something else, if the SHA-256 is
 *   another one, if the cache cannot be written, or if the file is not there and downloads are switched off; `ABORTED`;
 *   `INVALID_FILE` if it does not fit the memory of a page; `INVALID_ATTRIBUTE` for an unknown option
 */
export async function downloadToCache(address: URL, options: CacheOptions = {}): Promise<URL | Blob> {
  checkOptions(options, OPTIONS, { op: "downloadToCache" });
  const { sha256, mirror = address, cache, offline, signal, onProgress, ...policy } = options;
  const name = nameOf(address);
  const file = {
    name,
    key: address,
    address: mirror,
    sha256: sha256?.toLowerCase(),
    refused: name.endsWith(".json") ? PAGES : MESSAGES,
    cache,
    offline,
    policy,
  };
  const work = (observer: ReadObserver): Promise<URL | Blob> => fetchCached(file, observer);
  return shareWork(running, `${address.href} ${cache ?? ""}`, work, { signal, onProgress });
}

/** What servers send in place of a file, with an answer that says that all is well. */
const PAGES: readonly FileKindName[] = ["empty", "html", "lfs-pointer"];
const MESSAGES: readonly FileKindName[] = [...PAGES, "json"];

/** The last part of the address, in characters that every file system has. */
function nameOf({ pathname }: URL): string {
  const last = pathname.slice(pathname.lastIndexOf("/") + 1).replaceAll(/[^\w.-]/g, "_");
  return last.replace(/^\.*$/, "file").slice(-LONGEST_NAME);
}

/** File systems take 255 characters, of which claims need some. */
const LONGEST_NAME = 120;
