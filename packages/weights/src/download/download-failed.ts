import { IsoconvError, messageOf, type ErrorDetails } from "@isoconv/core-spec";

/**
 * A `DOWNLOAD_FAILED` error.
 *
 * @param name of the file, for the message
 * @param what went wrong, in words that follow "the file cannot be downloaded"
 */
export function downloadFailed(
  name: string,
  what: string,
  details: Pick<ErrorDetails, "expected" | "received" | "hint" | "cause"> = {},
): IsoconvError {
  return new IsoconvError("DOWNLOAD_FAILED", {
    path: name,
    what: `the file cannot be downloaded: ${what}`,
    hint: "Check the address and the connection",
    ...details,
  });
}

/** The innermost reason of a failure: `fetch` hides it in the causes of its error. */
export function reasonOf(error: unknown): string {
  let reason = error;
  while (reason instanceof Error && reason.cause !== undefined) reason = reason.cause;
  // Node joins the failures of several addresses in an error without a message.
  return messageOf(reason) || (codeOf(reason) ?? "no reason given");
}

/** The code of a system's error, such as `ECONNREFUSED`. */
export function codeOf(error: unknown): string | undefined {
  let reason = error;
  while (reason instanceof Error && reason.cause !== undefined) reason = reason.cause;
  return reason instanceof Error && "code" in reason ? String(reason.code) : undefined;
}
