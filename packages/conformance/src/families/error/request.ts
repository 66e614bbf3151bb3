import type { ErrorCode } from "@isoconv/core-spec";

/** What a backend must say when it refuses. */
export interface Refusal {
  readonly code: ErrorCode;
  /** The end of the error's `path`; absent where core-spec gives none. */
  readonly path?: string;
  /** What the message must name. */
  readonly names: readonly string[];
}

/**
 * Something invalid to ask for, as plain data: types keep it away, JSON and plain JavaScript do not. Whatever is
 * `unknown` here is handed over as it is.
 */
export type ErrorRequest =
  | {
      readonly step: "compile";
      readonly graph: unknown;
      readonly parameters: unknown;
      readonly taps?: readonly unknown[];
      readonly expected: Refusal;
    }
  | {
      readonly step: "run";
      /** Valid. */
      readonly graph: unknown;
      readonly parameters: unknown;
      readonly feeds: unknown;
      readonly expected: Refusal;
    };
