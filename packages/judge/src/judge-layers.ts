import {
  elementCount,
  bindShape,
  float32,
  lastUses,
  listOperands,
  type ArithmeticClass,
  type Node,
  type Tensor,
} from "@isoconv/core-spec";
import type { JudgedRun } from "./judged-run.js";
import type { FilledNetwork } from "./network/network-spec.js";
import { oracleAlone, tensorsOf, type NodeAlone } from "./isolate-node.js";
import { batchOf, compareNode, shareOf } from "./judge-nodes.js";
import { failed, passed, worstByOp, type Judgement, type OpShare } from "./judgement.js";
import { store } from "./storable.js";

/** A node alone, on the oracle's operands, and what the oracle makes of them. */
interface Lesson extends NodeAlone {
  readonly node: Node;
}

/**
 * If all values of a network together have at most this many elements (16 bytes each), the oracle's are cached for
 * other backends.
 */
const MOST_KEPT = 2 ** 21;

/**
 * Compiles and runs every node of a network by itself, on the oracle's values, and compares it by its own bound. Errors
 * do not accumulate, so the first node out of bounds is wrong by itself, and the judgement names it.
 */
export async function judgeLayers(key: string, network: FilledNetwork, run: JudgedRun): Promise<Judgement> {
  const { backend, capabilities, memo, signal } = run;
  const { length } = network.graph.nodes;
  let position = 0;
  const shares: OpShare[] = [];
  const oracle = lessons(network, capabilities.arithmetic, signal);
  const kept = isSmall(network) ? await memo.recall(key, () => collect(oracle)) : oracle;
  for await (const { node, alone, expected } of kept) {
    position += 1;
    const executable = await backend.compile(alone.graph, alone.parameters);
    try {
      const { [node.name]: got } = await executable.run(alone.feeds, { signal });
      const where = `node "${node.name}" (${node.op}, ${position} of ${length})`;
      if (got === undefined) return failed(`${where}: not returned`, { shares: worstByOp(shares) });
      const agreement = compareNode(alone, got, expected, undefined, capabilities);
      shares.push(shareOf({ node, agreement }));
      if (!agreement.agrees) {
        return failed(`${where}: ${agreement.reason ?? "disagrees"}`, { shares: worstByOp(shares) });
      }
    } finally {
      await executable.dispose();
    }
  }
  return passed(worstByOp(shares));
}

/** The oracle, node by node: each on operands as the class stores them, which are dropped after their last use. */
async function* lessons(
  { graph, parameters, feeds }: FilledNetwork,
  arithmetic: ArithmeticClass,
  signal: AbortSignal | undefined,
): AsyncGenerator<Lesson> {
  const values = new Map<string, Tensor>([...Object.entries(parameters), ...Object.entries(feeds)]);
  const last = lastUses(graph);
  const tensorOf = tensorsOf(graph, values);
  for (const [index, node] of graph.nodes.entries()) {
    const { alone, expected } = await oracleAlone(graph, node, tensorOf, signal);
    values.set(node.name, float32(expected.shape, store(expected.value, arithmetic)));
    yield { node, alone, expected };
    for (const name of listOperands<string>(node.inputs)) if (last.get(name) === index) values.delete(name);
  }
}

async function collect<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

function isSmall({ graph, feeds }: FilledNetwork): boolean {
  const batch = batchOf(graph, feeds);
  const elements = graph.nodes.reduce((sum, { shape }) => sum + elementCount(bindShape(shape, batch)), 0);
  return elements <= MOST_KEPT;
}
