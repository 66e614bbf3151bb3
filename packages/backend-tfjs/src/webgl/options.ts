/** TensorFlow.js has one WebGL runtime a program: options count when it starts, with the first backend created. */
export interface WebglBackendOptions {
  /** Accepts WebGL computed by the processor, which is slower than `tfjs-wasm`; meant for tests. */
  readonly software?: boolean | undefined;
}
