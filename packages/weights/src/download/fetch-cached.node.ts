import { mkdir, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { isIsoconvError } from "@isoconv/core-spec";
import type { ReadObserver } from "../source/byte-source.js";
import { cacheFolder, folderOf, isOffline } from "./cache-folder.node.js";
import type { CachedFile, FetchCached } from "./cached-file.js";
import { withClaim } from "./claim.node.js";
import { downloadFailed, reasonOf } from "./download-failed.js";
import { openPart, removePart } from "./part-file.node.js";
import { transfer } from "./transfer.js";
import { refuseOffline, verifyDigest } from "./verify-digest.js";

/** A file in a folder of the disk. It gets its name when it is whole; processes that want it wait for one of them. */
export const fetchCached: FetchCached = async (file, observer) => {
  const { name, key, cache = cacheFolder(), offline = isOffline() } = file;
  const folder = folderOf(cache, key);
  const path = join(folder, name);
  if ((await sizeOf(path)) !== undefined) return pathToFileURL(path);
  if (offline) refuseOffline(name, cache);
  const part = `${path}.part`;
  const work = async (): Promise<void> => {
    if ((await sizeOf(path)) === undefined) await fill(file, path, part, observer);
  };
  const onWait = async (): Promise<void> => {
    const loaded = await sizeOf(part);
    if (loaded !== undefined) observer.onProgress?.(loaded, undefined);
  };
  try {
    await mkdir(folder, { recursive: true });
    await withClaim(folder, name, work, { signal: observer.signal, onWait });
  } catch (cause) {
    if (isIsoconvError(cause)) throw cause;
    throw downloadFailed(name, `the cache ${cache} cannot be written (${reasonOf(cause)})`, {
      hint: "Name another folder with ISOCONV_CACHE",
      cause,
    });
  }
  return pathToFileURL(path);
};

async function fill(file: CachedFile, path: string, part: string, observer: ReadObserver): Promise<void> {
  const isContinued = await download(file, path, part, observer);
  // The first part may have been of another version, in spite of what the server says.
  if (isContinued) await download(file, path, part, observer);
}

/**
 * Downloads a file and gives it its name.
 *
 * @returns whether it has to be downloaded again, because its first part, of another process, does not belong to the rest
 */
async function download(
  { name, address, sha256, refused, policy }: CachedFile,
  path: string,
  part: string,
  { signal, onProgress }: ReadObserver,
): Promise<boolean> {
  const sink = await openPart(part);
  const isContinued = sink.length > 0;
  try {
    await transfer({ name, address, refused, signal, onProgress }, sink, policy);
  } catch (error) {
    await sink.close();
    throw error;
  }
  const digest = await sink.finish();
  try {
    verifyDigest(name, sha256, digest);
  } catch (error) {
    await removePart(part);
    if (isContinued) return true;
    throw error;
  }
  await rename(part, path);
  await removePart(part);
  return false;
}

/** Undefined if there is no such file. */
async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch {
    return undefined;
  }
}
