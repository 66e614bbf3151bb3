import { isIsoconvError } from "@isoconv/core-spec";
import { downloadToCache, type CacheOptions } from "@isoconv/weights";

declare global {
  interface Window {
    /** The bytes of a file of this server, and its parts as they came, or the error's message. */
    downloadIn?: (path: string, options: CacheOptions) => Promise<DownloadedInPage | string>;
  }
}

export interface DownloadedInPage {
  readonly bytes: number;
  readonly isKept: boolean;
  /** How often there was progress. */
  readonly steps: number;
}

window.downloadIn = async (path, options) => {
  const address = new URL(path, location.href);
  let steps = 0;
  const onProgress = (): void => {
    steps += 1;
  };
  try {
    const file = await downloadToCache(address, { ...options, onProgress });
    const kept = await (await caches.open("isoconv")).match(address);
    return { bytes: file instanceof Blob ? file.size : 0, isKept: kept !== undefined, steps };
  } catch (error) {
    if (isIsoconvError(error)) return error.message;
    throw error;
  }
};
