import {
  checkAborted,
  sameShape,
  type ConcreteShape,
  type Graph,
  type Network,
  type Program,
  type Tensor,
} from "@isoconv/core-spec";
import { lowerGraph, type LoweredGraph } from "../lowering/lower-graph.js";
import type { Engine } from "./backend.js";
import { translate } from "./errors.js";
import type { Ort, OrtTensor, Session } from "./ort.js";

/** Severity 4 is fatal: the runtime would write to the console what the caller receives as an error. */
const SILENT = { logSeverityLevel: 4 } as const;

/** Parameters beside the model are copied once, by the runtime; inside it they would be copied by the encoding as well. */
const EXTERNAL_DATA_THRESHOLD = 2 ** 20;

/**
 * Creates a session for a graph.
 *
 * @param sessions the live sessions of the backend, with the bytes of their parameters
 * @throws IsoconvError `UNSUPPORTED`, `OUT_OF_MEMORY`, `EXECUTION_FAILED`
 */
export async function loadProgram(
  engine: Engine,
  { graph, parameters }: Network,
  sessions: Map<object, number>,
): Promise<Program> {
  const { model, externalData, outputs, parameterBytes } = lowerGraph(graph, parameters, {
    externalDataThreshold: EXTERNAL_DATA_THRESHOLD,
  });
  const session = await createSession(engine, graph, model, externalData);
  sessions.set(session, parameterBytes);
  return {
    readsFeedsAtOnce: true,
    run: runner(engine, graph, session, outputs),
    dispose: async () => {
      sessions.delete(session);
      await engine.exclusive(() => session.release());
    },
  };
}

async function createSession(
  { ort, provider, threads, graphOptimizationLevel, exclusive }: Engine,
  graph: Graph,
  model: Uint8Array,
  externalData: LoweredGraph["externalData"],
): Promise<Session> {
  const options = {
    ...SILENT,
    executionProviders: [provider],
    executionMode: "sequential",
    graphOptimizationLevel,
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    ...(externalData.length === 0 ? {} : { externalData: [...externalData] }),
  } as const;
  try {
    return await exclusive(() => ort.InferenceSession.create(model, options));
  } catch (error) {
    throw translate(error, graph, "load");
  }
}

function runner(
  { ort, exclusive }: Engine,
  graph: Graph,
  session: Session,
  outputs: LoweredGraph["outputs"],
): Program["run"] {
  // One tensor an input, kept and refilled: for a small network, allocating it anew is the dearest part of a run.
  const feeds: Record<string, OrtTensor> = {};
  return async ({ tensors }, signal) => {
    try {
      for (const [name, { data, shape }] of tensors) feeds[name] = refill(ort, feeds[name], data, shape);
      const values = await exclusive(() => session.run(feeds, SILENT));
      checkAborted(signal);
      const results: Record<string, Tensor> = {};
      for (const { name, tensor } of outputs) results[name] = toTensor(values[tensor], name);
      return results;
    } catch (error) {
      throw translate(error, graph, "run");
    }
  };
}

function refill(ort: Ort, kept: OrtTensor | undefined, data: Float32Array, shape: ConcreteShape): OrtTensor {
  if (kept === undefined || !sameShape(kept.dims, shape)) return new ort.Tensor("float32", data.slice(), [...shape]);
  (kept.data as Float32Array).set(data);
  return kept;
}

/** Takes over the runtime's array: both runtimes return fresh ones, outside their own heap. */
function toTensor(value: OrtTensor | undefined, name: string): Tensor {
  if (value?.type !== "float32") throw new Error(`the runtime returned no float32 tensor for the output "${name}"`);
  return { dtype: "float32", shape: value.dims, data: value.data as Float32Array };
}
