import type { CachedFile, FetchCached } from "./cached-file.js";
import type { ReadObserver } from "../source/byte-source.js";
import { memorySink } from "./sink.js";
import { transfer } from "./transfer.js";
import { refuseOffline, verifyDigest } from "./verify-digest.js";

/** What is used of the Cache API. */
interface PageCache {
  match(address: string): Promise<Response | undefined>;
  put(address: string, response: Response): Promise<void>;
}

/** What is used of a page's or a worker's globals. Pages that are not served by https have neither. */
interface PageGlobals {
  readonly caches?: { open(name: string): Promise<PageCache> };
  readonly navigator?: { readonly locks?: PageLocks };
}

interface PageLocks {
  request<T>(name: string, options: { signal?: AbortSignal }, work: () => Promise<T>): Promise<T>;
}

const CACHE = "isoconv";

/** A file in the Cache API; tabs that want it wait for one of them. Where a page has no cache, it is downloaded. */
export const fetchCached: FetchCached = async (file, observer) => {
  const { caches, navigator }: PageGlobals = globalThis as PageGlobals;
  const cache = await caches?.open(CACHE).catch(() => undefined);
  const key = file.key.href;
  const find = async (): Promise<Blob | undefined> => (await cache?.match(key))?.blob();
  const found = await find();
  if (found !== undefined) return found;
  if (file.offline === true) refuseOffline(file.name, "the Cache API");
  const work = async (): Promise<Blob> => (await find()) ?? download(file, observer, cache);
  const { signal } = observer;
  return navigator?.locks === undefined
    ? work()
    : navigator.locks.request(`${CACHE} ${key}`, signal === undefined ? {} : { signal }, work);
};

async function download(
  { name, key, address, sha256, refused, policy }: CachedFile,
  { signal, onProgress }: ReadObserver,
  cache: PageCache | undefined,
): Promise<Blob> {
  const sink = memorySink(name);
  await transfer({ name, address, refused, signal, onProgress }, sink, policy);
  const bytes = sink.bytes();
  if (sha256 !== undefined) verifyDigest(name, sha256, await digestOf(bytes));
  const blob = new Blob([bytes]);
  // The file is there all the same if the browser's quota is used up.
  await cache?.put(key.href, new Response(blob)).catch(() => undefined);
  return blob;
}

async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
