/** Why an operation of isoconv was refused. Stable: programs may switch on it. */
export type ErrorCode =
  | "INVALID_ATTRIBUTE"
  | "INVALID_SHAPE"
  | "INVALID_DTYPE"
  | "INVALID_GRAPH"
  | "INVALID_FEED"
  | "INVALID_WEIGHTS"
  | "UNSUPPORTED"
  | "BACKEND_UNAVAILABLE"
  | "EXECUTION_FAILED"
  | "OUT_OF_MEMORY"
  | "DISPOSED"
  | "ABORTED";

/** Where in a graph something was found. */
export interface Location {
  readonly op?: string | undefined;
  readonly node?: string | undefined;
  /** Path inside the offending object, such as `attrs.strides[0]` or `inputs.w`. */
  readonly path?: string | undefined;
}

export interface ErrorDetails extends Location {
  /** What went wrong, in a few words. */
  readonly what: string;
  readonly expected?: string | undefined;
  /** The offending value itself; the message shows a short rendering of it. */
  readonly received?: unknown;
  /** What the reader can do about it. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/**
 * The one error class of isoconv.
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
    .filter((part) => part !== undefined)
    .join(" ");
  let message = `${code}: ${where === "" ? "" : `${where}: `}${details.what}`;
  if (details.expected !== undefined) message += `; expected ${details.expected}`;
  if ("received" in details) message += `${details.expected === undefined ? ";" : ","} got ${render(details.received)}`;
  if (details.hint !== undefined) message += `. ${details.hint}`;
  return message.replaceAll(/\s*[\r\n]+\s*/g, " ");
}

const LONGEST = 120;

/** A short, safe, one-line rendering of any value: never throws, never grows with its argument. */
export function render(value: unknown): string {
  const text = renderUnbounded(value, 0);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}

function renderUnbounded(value: unknown, depth: number): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value.slice(0, LONGEST));
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "bigint":
      return `${value}n`;
    case "undefined":
    case "boolean":
      return String(value);
    case "symbol":
      return "a symbol";
    case "function":
      return "a function";
    case "object":
      return renderObject(value, depth);
  }
}

function renderObject(value: object | null, depth: number): string {
  if (value === null) return "null";
  if (ArrayBuffer.isView(value)) return `a ${value.constructor.name} of ${value.byteLength} bytes`;
  if (Array.isArray(value)) {
    if (depth > 1) return "[…]";
    const shown = value.slice(0, 16).map((item) => renderUnbounded(item, depth + 1));
    return `[${shown.join(", ")}${value.length > shown.length ? ", …" : ""}]`;
  }
  const keys = Object.keys(value);
  return keys.length === 0 ? "{}" : `an object with ${keys.slice(0, 5).join(", ")}${keys.length > 5 ? ", …" : ""}`;
}

/** True for an {@link IsoconvError}, optionally with one particular code. */
export function isIsoconvError(error: unknown, code?: ErrorCode): error is IsoconvError {
  return error instanceof IsoconvError && (code === undefined || error.code === code);
}
