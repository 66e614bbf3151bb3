import {
  checkAborted,
  graphCost,
  IsoconvError,
  nextTask,
  ownFloat32Array,
  ownValue,
  sameShape,
  type ConcreteShape,
  type Graph,
  type Network,
  type Program,
  type Tensor,
} from "@isoconv/core-spec";
import { lowerGraph, type LoweredGraph } from "@isoconv/onnx";
import type { Engine } from "./backend.js";
import { translate } from "./errors.js";
import { feedMatrices, hasLargeMatrix, type FedNetwork } from "./feed-matrices.js";
import type { Ort, OrtTensor, Session } from "./ort.js";
import type { Provider } from "./provider.js";

/** Severity 4 is fatal: below it the runtime prints to the console what the caller receives as an error. */
const SILENT = { logSeverityLevel: 4 } as const;

/**
 * The runtime copies parameters beside the model once; parameters inside the model would also be copied by the encoder.
 */
const EXTERNAL_DATA_THRESHOLD = 2 ** 20;

/**
 * Creates a session for a graph.
 *
 * The native runtime holds two copies of a parameter while it loads a model, plus a packed one, but reads feeds in
 * place; so large matrices are fed. The WebAssembly runtime holds one copy plus a packed one, in memory that never
 * shrinks, and copies feeds at every run; so packing is turned off where matrices are large.
 *
 * @param sessions the live sessions of the backend, with the bytes of their parameters
 * @throws IsoconvError `UNSUPPORTED`, `OUT_OF_MEMORY`, `EXECUTION_FAILED`
 */
export async function loadProgram(engine: Engine, network: Network, sessions: Map<object, number>): Promise<Program> {
  const { graph, parameters, constants } =
    engine.largeMatrices === "fed" ? feedMatrices(network) : { ...network, constants: {} };
  const isPacked = engine.largeMatrices !== "unpacked" || !hasLargeMatrix(network);
  const { model, externalData, outputs, parameterBytes } = lowerGraph(graph, parameters, {
    externalDataThreshold: EXTERNAL_DATA_THRESHOLD,
    table: engine.table,
  });
  const provider = await engine.provider();
  const session = await createSession(engine, provider, graph, model, externalData, isPacked);
  const held: HeldTensors = { feeds: await copyConstants(engine, graph, session, constants) };
  const fedBytes = Object.values(constants).reduce((total, { data }) => total + data.byteLength, 0);
  sessions.set(session, parameterBytes + fedBytes);
  return {
    readsFeedsAtOnce: true,
    run: runner(engine, provider, graph, session, outputs, held),
    dispose: async () => {
      sessions.delete(session);
      held.feeds = {};
      await engine.exclusive(() => session.release());
    },
  };
}

/** Copies are made after the session is created, because creating it needs the most memory. */
async function copyConstants(
  { ort, exclusive }: Engine,
  graph: Graph,
  session: Session,
  constants: FedNetwork["constants"],
): Promise<Record<string, OrtTensor>> {
  try {
    return Object.fromEntries(
      Object.entries(constants).map(([name, { shape, data }]) => [
        name,
        new ort.Tensor("float32", data.slice(), shape),
      ]),
    );
  } catch (error) {
    await exclusive(() => session.release());
    throw translate(error, graph, "load");
  }
}

async function createSession(
  { ort, threads, graphOptimizationLevel, sessionConfig, exclusive }: Engine,
  provider: Provider,
  graph: Graph,
  model: Uint8Array,
  externalData: LoweredGraph["externalData"],
  isPacked: boolean,
): Promise<Session> {
  const options = {
    ...SILENT,
    executionProviders: [provider.config],
    executionMode: "sequential",
    graphOptimizationLevel,
    intraOpNumThreads: isSmall(graph) ? 1 : threads,
    interOpNumThreads: 1,
    ...(externalData.length === 0 ? {} : { externalData: [...externalData] }),
    extra: { session: { ...sessionConfig, ...(isPacked ? {} : { disable_prepacking: "1" }) } },
  } as const;
  try {
    return await exclusive(() => ort.InferenceSession.create(model, options));
  } catch (error) {
    throw translate(error, graph, "load");
  }
}

/**
 * The most multiply-adds, and elements read and written, of one image for which the runtime gets one thread: up to it a
 * second thread makes no difference to a run, in batches of 32 neither, but creating and joining it takes 1 to 2 ms.
 */
const SMALL_WORK = 2 ** 14;

function isSmall(graph: Graph): boolean {
  const { macs, bytesRead, bytesWritten } = graphCost(graph, 1);
  return Math.max(macs, (bytesRead + bytesWritten) / Float32Array.BYTES_PER_ELEMENT) <= SMALL_WORK;
}

interface HeldTensors {
  /**
   * One tensor per input, kept and refilled: for a small network, allocating it is the slowest part of a run. Tensors
   * of constants are filled once.
   */
  feeds: Record<string, OrtTensor>;
}

function runner(
  { ort, exclusive }: Engine,
  provider: Provider,
  graph: Graph,
  session: Session,
  outputs: LoweredGraph["outputs"],
  held: HeldTensors,
): Program["run"] {
  return async ({ tensors }, signal) => {
    checkLost(provider);
    try {
      const { feeds } = held;
      for (const [name, { data, shape }] of tensors) feeds[name] = refill(ort, ownValue(feeds, name), data, shape);
      const values = await exclusive(() => session.run(feeds, SILENT));
      checkLost(provider);
      checkAborted(signal);
      const results: Record<string, Tensor> = {};
      for (const { name, tensor } of outputs) results[name] = toTensor(values[tensor], name);
      return results;
    } catch (error) {
      // The loss is reported in a separate task.
      if (provider.loss !== undefined) await nextTask();
      checkLost(provider);
      throw translate(error, graph, "run");
    }
  };
}

/** A run on a lost device fails in many ways, or never ends; one under way may return zeros. */
function checkLost({ loss }: Provider): void {
  const cause = loss?.();
  if (cause === undefined) return;
  throw new IsoconvError("EXECUTION_FAILED", {
    what: cause.message,
    hint: "Compile the graph again: the next compilation takes another device",
    cause,
  });
}

function refill(ort: Ort, kept: OrtTensor | undefined, data: Float32Array, shape: ConcreteShape): OrtTensor {
  if (kept === undefined || !sameShape(kept.dims, shape)) return new ort.Tensor("float32", data.slice(), [...shape]);
  (kept.data as Float32Array).set(data);
  return kept;
}

/** Takes the runtime's array without a copy: both runtimes return new arrays, outside their own heap. */
function toTensor(value: OrtTensor | undefined, name: string): Tensor {
  if (value?.type !== "float32") throw new Error(`the runtime returned no float32 tensor for the output "${name}"`);
  return { dtype: "float32", shape: value.dims, data: ownFloat32Array(value.data as Float32Array) };
}
