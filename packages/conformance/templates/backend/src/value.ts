/** How this backend holds a tensor. Yours may be a handle on a buffer elsewhere: a GPU's, a WebAssembly memory's. */
export interface Value {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}
