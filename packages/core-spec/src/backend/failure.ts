import { IsoconvError, type Location } from "../error.js";
import { isRecord } from "../options.js";
import { render } from "../render.js";

/** @throws IsoconvError `ABORTED`, with the signal's reason as its cause */
export function checkAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw abortError(signal);
}

export function abortError(signal: AbortSignal | undefined): IsoconvError {
  return new IsoconvError("ABORTED", { what: "aborted by the caller", cause: signal?.reason });
}

/** Runs an adapter's code; whatever it throws becomes an `IsoconvError`. */
export async function attempt<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw withCode(error);
  }
}

/** How these runtimes, and the libraries under them, report that memory has run out. */
const MEMORY =
  /out of memory|\bOOM\b|bad.?alloc|fail(ed|ure)? to allocate|allocation failed|cannot enlarge memory|invalid (typed )?array( buffer)? length/i;

/** The text of whatever was thrown: an error of any realm, an object with a message, a string. */
export function messageOf(thrown: unknown): string {
  if (typeof thrown === "string") return thrown;
  try {
    const message: unknown = isRecord(thrown) ? thrown["message"] : undefined;
    return typeof message === "string" ? message : render(thrown);
  } catch {
    // Its getter threw, or it is a proxy.
    return render(thrown);
  }
}

/** Gives an error of a runtime a stable code, and the place where it is known; the original stays as the cause. */
export function withCode(cause: unknown, at: Location = {}): IsoconvError {
  if (cause instanceof IsoconvError) return cause;
  const text = messageOf(cause);
  if (MEMORY.test(text)) {
    return new IsoconvError("OUT_OF_MEMORY", {
      ...at,
      what: text,
      hint: "Use a smaller batch or input, or dispose executables no longer used",
      cause,
    });
  }
  return new IsoconvError("EXECUTION_FAILED", {
    ...at,
    what: text,
    hint: "The runtime's own error is the cause",
    cause,
  });
}
