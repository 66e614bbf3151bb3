import { type DownloadPolicy } from "../download/download-policy.js";
import { memorySink } from "../download/sink.js";
import { transfer } from "../download/transfer.js";
import { memorySource, type ByteSource, type ReadObserver } from "./byte-source.js";

/**
 * Downloads a file into memory.
 *
 * @throws IsoconvError `DOWNLOAD_FAILED` if it cannot be had whole, `INVALID_FILE` if it does not fit the memory,
 *   `ABORTED`
 */
export async function download(
  name: string,
  address: URL,
  observer: ReadObserver,
  policy: DownloadPolicy,
): Promise<ByteSource> {
  const sink = memorySink(name);
  const { signal, onProgress } = observer;
  await transfer({ name, address, refused: ["html"], signal, onProgress }, sink, policy);
  return memorySource(sink.bytes());
}
