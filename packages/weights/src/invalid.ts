import { formatShape, IsoconvError, render, type ErrorDetails, type Shape } from "@isoconv/core-spec";

type Details = Pick<ErrorDetails, "expected" | "received" | "hint" | "cause">;

/** An `INVALID_WEIGHTS` error about the place `path`. */
export function invalid(path: string, what: string, details: Details = {}): IsoconvError {
  return new IsoconvError("INVALID_WEIGHTS", { path, what, ...details });
}

/** Where a tensor is described. Names come from the file, so they are shown quoted and cut. */
export function tensorPath(name: string): string {
  return `header[${render(name)}]`;
}

/** A shape for a message; one of absurd rank is cut. */
export function showShape(shape: Shape): string {
  return shape.length <= 8 ? formatShape(shape) : render(shape);
}
