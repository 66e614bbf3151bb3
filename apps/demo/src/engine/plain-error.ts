import { isIsoconvError } from "@isoconv/core-spec";
import type { PlainError } from "./protocol.js";

/** The part of an error that is sent to the page. */
export function plainError(error: unknown): PlainError {
  if (!(error instanceof Error)) return { name: "Error", message: String(error) };
  const cause = error.cause === undefined ? {} : { cause: messageOf(error.cause) };
  if (!isIsoconvError(error)) return { name: error.name, message: error.message, ...cause };
  return { name: error.name, message: error.message, code: error.code, op: error.op, ...cause };
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

/** An error that was thrown in a worker. */
export class WorkerError extends Error {
  readonly parts: PlainError;

  constructor(parts: PlainError) {
    super(parts.message);
    this.name = parts.name;
    this.parts = parts;
  }
}

/** Whether an error means that the work was stopped on request. */
export function isAborted(error: unknown): boolean {
  if (error instanceof WorkerError) return error.parts.code === "ABORTED";
  return error instanceof DOMException && error.name === "AbortError";
}
