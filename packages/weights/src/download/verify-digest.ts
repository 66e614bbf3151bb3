import { downloadFailed } from "./download-failed.js";

/** @throws IsoconvError `DOWNLOAD_FAILED` if the SHA-256 of what came is not the file's */
export function verifyDigest(name: string, expected: string | undefined, received: string): void {
  if (expected === undefined || received.startsWith(expected)) return;
  throw downloadFailed(name, "what came is not the file, or is damaged", {
    expected: `a SHA-256 that starts with ${expected}`,
    received,
    hint: "Nothing was kept. Try again; if it stays so, a proxy or a mirror changes the file",
  });
}

/** @throws IsoconvError `DOWNLOAD_FAILED`: a file that is not in the cache may not be downloaded */
export function refuseOffline(name: string, where: string): never {
  throw downloadFailed(name, `it is not in the cache (${where}), and downloads are switched off`, {
    hint: "Download it once without the option offline and without ISOCONV_OFFLINE",
  });
}
