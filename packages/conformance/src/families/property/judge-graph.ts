import { runOracle } from "@isoconv/backend-reference";
import {
  exposeValues,
  isIsoconvError,
  ownValue,
  type CompileOptions,
  type Node,
  type Results,
  type Tensor,
} from "@isoconv/core-spec";
import {
  boundsOf,
  compareWithOracle,
  failed,
  type FilledNetwork,
  fillNetwork,
  type Judgement,
  judgeNetwork,
  judgeNode,
  isolateNode,
  type NetworkSpec,
  type NodeJudgement,
  type OpShare,
  passed,
  shareOf,
  tapsOf,
  worstByOp,
} from "@isoconv/judge";
import type { RunContext } from "../family.js";

/**
 * Judges a graph twice: compiled as written, node by node on the backend's operands; and compiled with the backend's own
 * passes, by its outputs. An `IsoconvError` of the backend is a failure.
 *
 * @param key names the graph in the memo
 */
export async function judgeGraph(spec: NetworkSpec, key: string, context: RunContext): Promise<Judgement> {
  const network = fillNetwork(spec, context.capabilities);
  try {
    const asWritten = await judgeAsWritten(network, context);
    return asWritten.passed ? await judgeOptimised(network, key, asWritten.shares, context) : asWritten;
  } catch (error) {
    if (isIsoconvError(error) && context.signal?.aborted !== true) return failed(error.message);
    throw error;
  }
}

async function judgeAsWritten(network: FilledNetwork, context: RunContext): Promise<Judgement> {
  const { graph, parameters, feeds } = network;
  const results = await runOnce(network, context, { passes: [], taps: tapsOf(graph) });
  const missing = graph.nodes.find(({ name }) => !Object.hasOwn(results, name));
  if (missing !== undefined) return failed(`"${missing.name}" (${missing.op}) was tapped and not returned`);
  const tensorOf = (name: string): Tensor => ownValue(results, name) ?? ownValue(feeds, name) ?? parameters[name];
  const shares: OpShare[] = [];
  for (const node of graph.nodes) {
    const judgement = await judgeNode(graph, node, tensorOf, results[node.name], context.capabilities);
    const held = judgement.agreement.agrees ? judgement : await judgeUnrounded(network, node, tensorOf, context);
    shares.push(shareOf(held));
    if (!held.agreement.agrees) {
      const { reason } = judgement.agreement;
      return failed(`"${node.name}" (${node.op}): ${reason ?? "disagrees"}`, { shares: worstByOp(shares) });
    }
  }
  return passed(worstByOp(shares));
}

/**
 * Compares a node with the oracle's value from the feeds. A backend that keeps more than float32 between nodes, as the
 * reference does, computes a node from more precise operands than those it returns.
 */
async function judgeUnrounded(
  { graph, parameters, feeds }: FilledNetwork,
  node: Node,
  tensorOf: (name: string) => Tensor,
  { capabilities }: RunContext,
): Promise<NodeJudgement> {
  const { [node.name]: expected } = await runOracle(exposeValues(graph, tapsOf(graph)), parameters, feeds);
  const held = boundsOf(isolateNode(graph, node, tensorOf), expected, capabilities);
  return { node, agreement: compareWithOracle(tensorOf(node.name), held.expected, held.rule, capabilities) };
}

async function judgeOptimised(
  network: FilledNetwork,
  key: string,
  shares: readonly OpShare[],
  context: RunContext,
): Promise<Judgement> {
  const results = await runOnce(network, context, {});
  const { capabilities, memo } = context;
  const judgement = await judgeNetwork({ key, network, exactly: false }, results, capabilities, memo);
  const all = worstByOp([...shares, ...judgement.shares]);
  if (judgement.passed) return passed(all);
  return failed(`compiled with the backend's own passes, ${judgement.reason ?? "it disagrees"}`, { shares: all });
}

async function runOnce(
  { graph, parameters, feeds }: FilledNetwork,
  { backend, signal }: RunContext,
  options: CompileOptions,
): Promise<Results> {
  const executable = await backend.compile(graph, parameters, options);
  try {
    return await executable.run(feeds, { signal });
  } finally {
    await executable.dispose();
  }
}
