import type { ErrorCode } from "@isoconv/core-spec";

/** The error that a backend must throw. */
export interface Refusal {
  readonly code: ErrorCode;
  /** The end of the error's `path`; absent if core-spec gives none. */
  readonly path?: string;
  /** Names that the message must contain. */
  readonly names: readonly string[];
}

/**
 * An invalid call as plain data. Types prevent such a call; JSON and plain JavaScript do not. Values of type `unknown`
 * are passed on unchanged.
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
