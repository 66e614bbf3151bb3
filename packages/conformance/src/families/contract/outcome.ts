import { isIsoconvError } from "@isoconv/core-spec";

/** The outcome of a call as text: `resolved`, `rejected with DISPOSED`, `threw DISPOSED synchronously`. */
export async function outcomeOf(call: () => PromiseLike<unknown>): Promise<string> {
  let pending: PromiseLike<unknown>;
  try {
    pending = call();
  } catch (error) {
    return `threw ${codeOf(error)} synchronously`;
  }
  return settle(pending);
}

/** The outcome of a promise as text. */
export async function settle(pending: PromiseLike<unknown>): Promise<string> {
  try {
    await pending;
    return "resolved";
  } catch (error) {
    return `rejected with ${codeOf(error)}`;
  }
}

/** The code of an `IsoconvError`; other errors as text. */
function codeOf(error: unknown): string {
  return isIsoconvError(error) ? error.code : String(error);
}
