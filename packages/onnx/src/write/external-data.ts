/** `Uint8Array<ArrayBuffer>`; TypeScript before 5.7, where arrays are not generic, reads it as `Uint8Array`. */
export type Bytes = ReturnType<typeof Uint8Array.of>;

/** Parameter bytes passed to the runtime beside the model: an item of a session's `externalData`. */
export interface ExternalData {
  /** The location written in the model; relative, a single file name. */
  readonly path: string;
  /** A view of the caller's parameter, not a copy. */
  readonly data: Bytes;
}
