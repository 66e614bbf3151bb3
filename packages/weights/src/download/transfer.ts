import { downloadFailed } from "./download-failed.js";
import { completePolicy, LONGEST_WISH, pauseAfter, type DownloadPolicy } from "./download-policy.js";
import { sleep } from "./sleep.js";
import type { Sink } from "./sink.js";
import { attemptTransfer, type TransferRequest } from "./transfer-attempt.js";

/**
 * Downloads a file into a sink, in as many attempts as the policy allows. Each goes on where the last ended, if the
 * server still has the same version; otherwise it starts again.
 *
 * @throws IsoconvError `DOWNLOAD_FAILED`, `INVALID_FILE` if it does not fit the memory, `ABORTED`
 */
export async function transfer(
  request: Omit<TransferRequest, "idleMilliseconds">,
  sink: Sink,
  policy: DownloadPolicy,
): Promise<void> {
  const { retries, pauseMilliseconds, idleMilliseconds } = completePolicy(policy);
  if (sink.length > 0 && sink.length === sink.version.total) return;
  let failures = 0;
  let most = sink.length;
  for (;;) {
    const outcome = await attemptTransfer({ ...request, idleMilliseconds }, sink);
    if (outcome.isComplete) return;
    failures = sink.length > most ? 1 : failures + 1;
    most = Math.max(most, sink.length);
    const { why, waitMilliseconds = 0 } = outcome;
    if (failures > retries) {
      const times = failures === 1 ? "it was tried once" : `so ${failures} times`;
      throw downloadFailed(request.name, `${why}, and ${times}`, BROWSERS.test(why) ? { hint: PERMISSION } : {});
    }
    if (waitMilliseconds > LONGEST_WISH) {
      throw downloadFailed(request.name, `${why}, and asks to wait ${Math.round(waitMilliseconds / 1000)} s`, {
        hint: "Try again later",
      });
    }
    await sleep(Math.max(waitMilliseconds, pauseAfter(failures, pauseMilliseconds)), request.signal);
  }
}

/** All that Chromium, Firefox and Safari say of a connection that failed, or of a server that does not permit the page. */
const BROWSERS = /^(Failed to fetch|NetworkError|Load failed)/;

const PERMISSION =
  "Check the address and the connection. If they are right, the server does not permit pages of other origins (CORS): " +
  "download the file, and serve it with the page";
