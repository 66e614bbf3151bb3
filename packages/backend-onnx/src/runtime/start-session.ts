import { graphBuilder } from "@isoconv/core-spec";
import { lowerGraph } from "@isoconv/onnx";
import type { ExecutionProvider, Ort, Session } from "./ort.js";

/** Creates a session of a minimal graph, so that a provider that does not start here fails now. */
export function startSession(ort: Ort, provider: ExecutionProvider): Promise<Session> {
  const g = graphBuilder("start");
  const { model } = lowerGraph(g.build({ y: g.relu({ x: g.input("x", [1]) }) }), {});
  return ort.InferenceSession.create(model, { executionProviders: [provider], logSeverityLevel: 4 });
}
