import type { OracleResult } from "@isoconv/backend-reference";
import { type Capabilities, type Graph, type Node, type Tensor } from "@isoconv/core-spec";
import { compareWithOracle, type Agreement } from "./agreement.js";
import { oracleAlone } from "./isolate-node.js";
import type { OpShare } from "./judgement.js";
import type { FilledNetwork } from "./network/network-spec.js";
import { boundsOf } from "./node-rule.js";
import { nonFiniteReach } from "./undetermined.js";

/** The comparison of one node's result with the oracle's on the node's own operands. */
export interface NodeJudgement {
  readonly node: Node;
  readonly agreement: Agreement;
}

/**
 * Judges one node's result by its own bound. The oracle gets the operands that the backend had, so errors made before
 * this node do not count.
 */
export async function judgeNode(
  graph: Graph,
  node: Node,
  tensorOf: (name: string) => Tensor,
  got: Tensor,
  capabilities: Capabilities,
): Promise<NodeJudgement> {
  const { alone, expected } = await oracleAlone(graph, node, tensorOf);
  const reach = capabilities.nonFinite === "indeterminate" ? await nonFiniteReach(alone) : undefined;
  return { node, agreement: compareNode(alone, got, expected, reach?.[node.name], capabilities) };
}

/** Judges the result of a network of one node by the node's bound around the oracle's result. */
export function compareNode(
  alone: FilledNetwork,
  got: Tensor,
  result: OracleResult | undefined,
  undetermined: Uint8Array | undefined,
  capabilities: Capabilities,
): Agreement {
  if (result === undefined) throw new Error(`the oracle returned nothing for "${alone.graph.name}"`);
  const held = boundsOf(alone, { ...result, undetermined }, capabilities);
  return compareWithOracle(got, held.expected, held.rule, capabilities);
}

/**
 * Judges every node of a graph by the backend's own values (its taps), in order, and stops at the first one out of
 * bounds, because later ones may have inherited its error.
 */
export async function judgeNodes(
  graph: Graph,
  tensorOf: (name: string) => Tensor,
  capabilities: Capabilities,
): Promise<readonly NodeJudgement[]> {
  const judged: NodeJudgement[] = [];
  for (const node of graph.nodes) {
    const judgement = await judgeNode(graph, node, tensorOf, tensorOf(node.name), capabilities);
    judged.push(judgement);
    if (!judgement.agreement.agrees) break;
  }
  return judged;
}

/** The values to tap so that every node can be judged. */
export function tapsOf(graph: Graph): readonly string[] {
  const outputs = new Set(graph.outputs.map(({ name }) => name));
  return graph.nodes.map(({ name }) => name).filter((name) => !outputs.has(name));
}

export function shareOf({ node, agreement }: NodeJudgement): OpShare {
  return { op: node.op, share: agreement.worstShare, worst: worstElement(node.name, agreement) };
}

export function worstElement(value: string, { worst }: Agreement): OpShare["worst"] {
  return worst === undefined ? undefined : { value, ...worst };
}

/** A node's shapes differ between batches only in the batch itself. */
export function batchOf(graph: Graph, feeds: Readonly<Record<string, Tensor>>): number {
  for (const { name, shape } of graph.inputs) {
    if (shape[0] === "N") return feeds[name]?.shape[0] ?? 1;
  }
  return 1;
}
