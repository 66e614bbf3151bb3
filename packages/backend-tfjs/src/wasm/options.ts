import { backendOptions, optionChecks, type BackendOptions, type KnownOptions } from "@isoconv/core-spec";

/** TensorFlow.js has one wasm runtime a program: options count when it starts, with the first backend created. */
export interface WasmBackendOptions extends BackendOptions {
  /** The folder the `.wasm` files are served from, with a slash at its end; by default beside the script. Browsers only. */
  readonly wasmPaths?: string | undefined;
  /** Threads to use if the page is cross-origin isolated. Node has 1; `capabilities.threads` has the actual number. */
  readonly threads?: number | undefined;
}

export const WASM_OPTIONS: KnownOptions<WasmBackendOptions> = {
  known: { ...backendOptions.known, wasmPaths: optionChecks.folder },
};
