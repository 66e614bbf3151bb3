import { lowerGraph } from "@isoconv/onnx";
import { defaultPasses, runPasses, type Graph, type Parameters } from "@isoconv/core-spec";
import type { InferenceSession, Tensor, TypedTensor } from "onnxruntime-common";

/** The common exports of ONNX Runtime's packages. */
interface Ort {
  readonly InferenceSession: {
    create(model: Uint8Array, options: InferenceSession.SessionOptions): Promise<InferenceSession>;
  };
  readonly Tensor: new (type: "float32", data: Float32Array, dims: readonly number[]) => TypedTensor<"float32">;
}

/** A session as a user of ONNX Runtime would create one, on the same model that isoconv exports. */
export async function rawSession(
  ort: Ort,
  provider: "cpu" | "wasm",
  threads: number,
  graph: Graph,
  parameters: Parameters,
): Promise<{
  run(data: Float32Array, shape: readonly number[]): Promise<Tensor | undefined>;
  release(): Promise<void>;
}> {
  const network = runPasses({ graph, parameters }, defaultPasses);
  const { model, outputs } = lowerGraph(network.graph, network.parameters, { externalDataThreshold: Infinity });
  const session = await ort.InferenceSession.create(model, {
    executionProviders: [provider],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  const output = outputs[0]?.tensor ?? "";
  return {
    run: async (data, shape) => (await session.run({ input: new ort.Tensor("float32", data, shape) }))[output],
    release: () => session.release(),
  };
}
