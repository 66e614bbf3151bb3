import { render } from "./render.js";

/**
 * Why isoconv refused an operation. The codes are stable: programs may switch on them.
 *
 * `INVALID_FILE` is a file of another kind than expected, such as a picture in place of weights; `INVALID_WEIGHTS` is a
 * damaged file of weights, or one that does not fit the network. `DOWNLOAD_FAILED` is a file that a server or the
 * connection did not give, or gave otherwise than it should be.
 */
export type ErrorCode =
  | "INVALID_ATTRIBUTE"
  | "INVALID_SHAPE"
  | "INVALID_DTYPE"
  | "INVALID_GRAPH"
  | "INVALID_FEED"
  | "INVALID_FILE"
  | "INVALID_WEIGHTS"
  | "DOWNLOAD_FAILED"
  | "UNSUPPORTED"
  | "BACKEND_UNAVAILABLE"
  | "EXECUTION_FAILED"
  | "OUT_OF_MEMORY"
  | "DISPOSED"
  | "ABORTED";

/** A place in a graph. */
export interface Location {
  readonly op?: string | undefined;
  readonly node?: string | undefined;
  /** Path inside the offending object, such as `attrs.strides[0]` or `inputs.w`. */
  readonly path?: string | undefined;
}

/** The parts of an error. */
export interface ErrorDetails extends Location {
  /** What went wrong, in a few words. */
  readonly what: string;
  readonly expected?: string | undefined;
  /** The offending value itself; the message shows a short rendering of it. */
  readonly received?: unknown;
  /** What the reader can do to fix it. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/**
 * The only error class of isoconv.
 *
 * The message is one line: code, where, what, what was expected, what was received, what to try.
 */
export class IsoconvError extends Error {
  override readonly name = "IsoconvError";
  readonly code: ErrorCode;
  readonly op: string | undefined;
  readonly node: string | undefined;
  readonly path: string | undefined;
  readonly expected: string | undefined;
  readonly received: unknown;

  constructor(code: ErrorCode, details: ErrorDetails) {
    super(formatMessage(code, details), "cause" in details ? { cause: details.cause } : undefined);
    this.code = code;
    this.op = details.op;
    this.node = details.node;
    this.path = details.path;
    this.expected = details.expected;
    this.received = details.received;
  }
}

function formatMessage(code: ErrorCode, details: ErrorDetails): string {
  const where = [details.op, details.node === undefined ? undefined : `"${details.node}"`, details.path]
    .filter((part) => part !== undefined && part !== "")
    .join(" ");
  let message = `${code}: ${where === "" ? "" : `${clip(where, LONGEST_WHERE)}: `}${clip(details.what, LONGEST_WHAT)}`;
  if (details.expected !== undefined) message += `; expected ${clip(details.expected, LONGEST_WHAT)}`;
  if ("received" in details) message += `${details.expected === undefined ? ";" : ","} got ${render(details.received)}`;
  if (details.hint !== undefined) message += `. ${details.hint}`;
  return oneLine(message);
}

/** A node's name has up to 256 characters; a path may contain a key from the caller. */
const LONGEST_WHERE = 600;
/** A runtime's own message may be very long; the cause keeps it whole. */
const LONGEST_WHAT = 600;

function clip(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}

/** Control characters could break lines or change a terminal's colours. */
function oneLine(text: string): string {
  return text.replaceAll(/\s*[\p{Cc}\u2028\u2029]+\s*/gu, " ");
}
/** True for an {@link IsoconvError}, optionally with one particular code. */
export function isIsoconvError(error: unknown, code?: ErrorCode): error is IsoconvError {
  return error instanceof IsoconvError && (code === undefined || error.code === code);
}
