import type * as common from "onnxruntime-common";

/** The parts of the runtimes' packages that are used here. */
export interface Ort {
  readonly InferenceSession: {
    create(model: Uint8Array, options?: common.InferenceSession.SessionOptions): Promise<Session>;
  };
  readonly Tensor: new (type: "float32", data: Float32Array, dims: readonly number[]) => OrtTensor;
  readonly env: common.Env;
}

export type Session = common.InferenceSession;
export type OrtTensor = common.Tensor;
export type ExecutionProvider = common.InferenceSession.ExecutionProviderConfig;

/** Imports a runtime; a parameter, so that tests can replace it. */
export type LoadOrt = () => Promise<Ort>;
