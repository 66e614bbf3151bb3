/**
 * Why a result may be meaningless although nothing failed. The codes are stable: programs may switch on them.
 *
 * - `NON_FINITE_INPUT`, `NON_FINITE_WEIGHTS`, `NON_FINITE_OUTPUT`: NaN or ±∞ among the values;
 * - `UNNORMALISED_INPUT`: images in 0…255 or in [0, 1], for a network that takes normalised ones;
 * - `CONSTANT_IMAGE`: every pixel of an image has the same colour;
 * - `UNTRANSFORMED_INPUT`: published weights without the option `transformInput` with which they were trained.
 */
export type WarningCode =
  | "NON_FINITE_INPUT"
  | "NON_FINITE_WEIGHTS"
  | "NON_FINITE_OUTPUT"
  | "UNNORMALISED_INPUT"
  | "CONSTANT_IMAGE"
  | "UNTRANSFORMED_INPUT";

/** A remark on a run, as data. */
export interface Warning {
  readonly code: WarningCode;
  /** What it is about, such as `feeds["input"]` or `parameters["conv1.weight"]`. */
  readonly path: string;
  /** What is remarkable, and what to do. */
  readonly message: string;
}
