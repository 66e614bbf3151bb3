import { isIsoconvError } from "@isoconv/core-spec";

/** How a call ended, in words: `resolved`, `rejected with DISPOSED`, `threw DISPOSED synchronously`. */
export async function outcomeOf(call: () => PromiseLike<unknown>): Promise<string> {
  let pending: PromiseLike<unknown>;
  try {
    pending = call();
  } catch (error) {
    return `threw ${codeOf(error)} synchronously`;
  }
  return settle(pending);
}

/** How a promise ended. */
export async function settle(pending: PromiseLike<unknown>): Promise<string> {
  try {
    await pending;
    return "resolved";
  } catch (error) {
    return `rejected with ${codeOf(error)}`;
  }
}

/** A code is what programs switch on; anything else is shown as it is. */
function codeOf(error: unknown): string {
  return isIsoconvError(error) ? error.code : String(error);
}
