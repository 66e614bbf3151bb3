import { formatShape, IsoconvError, render, type ErrorDetails, type Shape } from "@isoconv/core-spec";

type Details = Pick<ErrorDetails, "expected" | "received" | "hint" | "cause">;

/** An `INVALID_WEIGHTS` error at `path`. */
export function invalid(path: string, what: string, details: Details = {}): IsoconvError {
  return new IsoconvError("INVALID_WEIGHTS", { path, what, ...details });
}

/** The path of a tensor's entry. Names come from the file, so they are quoted and shortened. */
export function tensorPath(name: string): string {
  return `header[${render(name)}]`;
}

/** A shape for a message; a very long one is shortened. */
export function showShape(shape: Shape): string {
  return shape.length <= 8 ? formatShape(shape) : render(shape);
}
