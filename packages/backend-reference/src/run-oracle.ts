import {
  applyHandler,
  bindFeeds,
  bindShape,
  checkAborted,
  checkOptions,
  lastUses,
  listOperands,
  nextTask,
  optionChecks,
  opSupport,
  prepareGraph,
  type Feeds,
  type Graph,
  type KnownOptions,
  type Node,
  type Parameters,
} from "@isoconv/core-spec";
import { capabilities } from "./backend.js";
import { noisySummation } from "./noisy-summation.js";
import type { Measured, OracleArray } from "./oracle-array.js";
import { oracleOps } from "./oracle-ops.js";

export interface OracleOptions {
  /** Values to return in addition to the outputs, by their own names. */
  readonly taps?: readonly string[] | undefined;
  /**
   * Adds in an order chosen by the seed and rounds every product, partial sum and result to float32: one of the results
   * that correct float32 backends may compute. Their magnitudes are 0: bounds follow from those of an exact run.
   */
  readonly noise?: { readonly seed: number } | undefined;
  /** Replaces the value of each node before others read it; `operandOf` gives what the node itself has read. */
  readonly revise?:
    ((node: Node, computed: OracleResult, operandOf: (name: string) => OracleArray) => OracleArray) | undefined;
  /** Checked between nodes. */
  readonly signal?: AbortSignal | undefined;
}

const OPTIONS: KnownOptions<OracleOptions> = {
  known: { taps: optionChecks.list, noise: true, revise: optionChecks.function, signal: optionChecks.signal },
};

/** A result of the oracle; the magnitude is 0 where the registry defines none, and in runs with noise. */
export type OracleResult = Measured;

/** The oracle computes every operation itself, so nothing is decomposed. */
const oracleCapabilities = { ...capabilities, ops: opSupport(oracleOps) };

/**
 * Runs a graph as written, in float64, and returns its outputs and taps with their magnitudes. A magnitude is that of
 * the operation that made the value, on that operation's own operands; nothing is propagated through the graph.
 *
 * Parameters are widened to float64 when used, and intermediates dropped after their last use.
 *
 * @throws IsoconvError as `Backend.compile` and `Executable.run`
 */
export async function runOracle(
  graph: Graph,
  parameters: Parameters,
  feeds: Feeds,
  options: OracleOptions = {},
): Promise<Readonly<Record<string, OracleResult>>> {
  checkOptions(options, OPTIONS, { op: "runOracle" });
  const { taps, noise, revise, signal } = options;
  checkAborted(signal);
  const { written } = prepareGraph(graph, parameters, { passes: [], taps }, oracleCapabilities, []);
  const { batch, tensors } = bindFeeds(written, feeds);

  const values = new Map<string, OracleArray>();
  for (const [name, tensor] of tensors) values.set(name, widen(tensor));
  const valueOf = (name: string): OracleArray => values.get(name) ?? widen(parameters[name]);
  const last = lastUses(written);
  for (const [index, node] of written.nodes.entries()) {
    // Lets an abort arrive.
    if (signal !== undefined) await nextTask();
    checkAborted(signal);
    const site = { node: node.name, shape: bindShape(node.shape, batch) };
    const computed =
      noise === undefined
        ? applyHandler(oracleOps, node, valueOf, site)
        : rounded(
            applyHandler(oracleOps, node, valueOf, { ...site, summation: noisySummation(noise.seed, node.name) }),
          );
    values.set(node.name, revise === undefined ? computed : revise(node, withMagnitude(computed), valueOf));
    for (const name of listOperands<string>(node.inputs)) if (last.get(name) === index) values.delete(name);
  }
  return Object.fromEntries(written.outputs.map(({ name, value }) => [name, withMagnitude(valueOf(value))]));
}

function widen({ shape, data }: Parameters[string]): OracleArray {
  return { shape, value: new Float64Array(data) };
}

function rounded({ shape, value }: OracleArray): OracleArray {
  return { shape, value: new Float64Array(new Float32Array(value)) };
}

function withMagnitude(y: OracleArray): OracleResult {
  return { ...y, magnitude: y.magnitude ?? new Float64Array(y.value.length) };
}
