import type * as common from "onnxruntime-common";

/** The common interface of the runtimes' packages. */
export type Ort = Pick<typeof common, "InferenceSession" | "Tensor" | "env">;

export type Session = common.InferenceSession;
export type OrtTensor = common.Tensor;
export type ExecutionProvider = common.InferenceSession.ExecutionProviderConfig;
export type OptimizationLevel = "disabled" | "basic" | "extended" | "all";

/** Imports a runtime; a parameter, so that tests can replace it. */
export type LoadOrt = () => Promise<Ort>;
