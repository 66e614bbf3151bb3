import { backendOptions, optionChecks, type BackendOptions, type KnownOptions } from "@isoconv/core-spec";

/**
 * TensorFlow.js has one WebGL runtime a program: options count when it starts, with the first backend created. `threads`
 * is ignored.
 */
export interface WebglBackendOptions extends BackendOptions {
  /** Accepts WebGL computed by the processor, which is slower than `tfjs-wasm`; meant for tests. */
  readonly software?: boolean | undefined;
}

export const WEBGL_OPTIONS: KnownOptions<WebglBackendOptions> = {
  known: { ...backendOptions.known, software: optionChecks.flag },
};
