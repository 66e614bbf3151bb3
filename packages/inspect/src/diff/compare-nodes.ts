import type { OracleResult } from "@isoconv/backend-reference";
import {
  checkAborted,
  lastUses,
  listOperands,
  type Backend,
  type Capabilities,
  type Graph,
  type Node,
  type Tensor,
} from "@isoconv/core-spec";
import {
  type Agreement,
  boundsOf,
  compareNode,
  errorBound,
  nonFiniteReach,
  oracleAlone,
  tensorsOf,
} from "@isoconv/judge";
import type { Between, Evidence, NodeComparison } from "./divergence.js";
import { mayComeOfRoundedOperands } from "./operand-rounding.js";
import { runOnce } from "./run-once.js";

/** One backend's values of a whole graph. */
export interface Values {
  readonly backend: Backend;
  /** Parameters, feeds and results of nodes. Results are removed after their last use. */
  readonly tensors: Map<string, Tensor>;
}

/** A node's result that is outside its bound. */
export interface BadNode {
  readonly node: Node;
  readonly agreement: Agreement;
  /** Whether the node is also wrong as a network of its own. */
  readonly repeatsAlone: boolean;
  readonly evidence: Evidence;
}

export interface ComparedNodes {
  readonly nodes: readonly NodeComparison[];
  /** The first node outside its bound, if any. */
  readonly firstBad: { readonly a: BadNode | undefined; readonly b: BadNode | undefined };
}

/**
 * Judges every node of both backends on their own operands, in order, and measures how far the two backends differ.
 * Tensors are dropped after their last use.
 */
export async function compareNodes(
  graph: Graph,
  a: Values,
  b: Values,
  signal: AbortSignal | undefined,
): Promise<ComparedNodes> {
  const nodes: NodeComparison[] = [];
  const firstBad: { a: BadNode | undefined; b: BadNode | undefined } = { a: undefined, b: undefined };
  const last = lastUses(graph);
  for (const [index, node] of graph.nodes.entries()) {
    checkAborted(signal);
    const [ofA, ofB] = [await judge(graph, node, a, signal), await judge(graph, node, b, signal)];
    firstBad.a ??= badNode(node, ofA);
    firstBad.b ??= badNode(node, ofB);
    nodes.push({
      node: node.name,
      op: node.op,
      shares: { a: ofA.agreement.worstShare, b: ofB.agreement.worstShare },
      between: between(ofA, ofB.got, a.backend.capabilities),
    });
    for (const name of [node.name, ...listOperands<string>(node.inputs)]) {
      if (last.get(name) !== index) continue;
      a.tensors.delete(name);
      b.tensors.delete(name);
    }
  }
  return { nodes, firstBad };
}

interface Judged {
  readonly agreement: Agreement;
  readonly repeatsAlone: boolean;
  readonly got: Tensor;
  readonly evidence: Evidence;
  readonly result: OracleResult;
}

async function judge(
  graph: Graph,
  node: Node,
  { tensors, backend }: Values,
  signal: AbortSignal | undefined,
): Promise<Judged> {
  const { capabilities } = backend;
  const tensorOf = tensorsOf(graph, tensors);
  const { alone: network, expected: result } = await oracleAlone(graph, node, tensorOf);
  const reach = capabilities.nonFinite === "indeterminate" ? await nonFiniteReach(network) : undefined;
  const agreementOf = (got: Tensor): Agreement => compareNode(network, got, result, reach?.[node.name], capabilities);
  const got = tensorOf(node.name);
  const judged = { got, evidence: { network, expected: { [node.name]: result } }, result };
  const inContext = agreementOf(got);
  if (inContext.agrees) return { ...judged, agreement: inContext, repeatsAlone: false };
  const { [node.name]: again } = await runOnce(backend, network, signal);
  const alone = again === undefined ? undefined : agreementOf(again);
  if (alone?.agrees !== true) return { ...judged, agreement: inContext, repeatsAlone: true };
  const excused = await mayComeOfRoundedOperands(network, got, result, capabilities);
  return { ...judged, agreement: excused ? alone : inContext, repeatsAlone: false };
}

function badNode(node: Node, { agreement, repeatsAlone, evidence }: Judged): BadNode | undefined {
  return agreement.agrees ? undefined : { node, agreement, repeatsAlone, evidence };
}

function between({ got, evidence, result }: Judged, other: Tensor, capabilities: Capabilities): Between {
  const { rule, expected } = boundsOf(evidence.network, result, capabilities);
  if (got.data.length !== other.data.length) return { deviation: Infinity };
  let [most, scale, bound] = [0, 0, 0];
  for (const [i, value] of expected.value.entries()) {
    scale = Math.max(scale, Math.abs(value));
    bound = Math.max(bound, errorBound(rule, value, expected.magnitude[i], capabilities));
    if (Object.is(got.data[i], other.data[i])) continue;
    const distance = Math.abs(got.data[i] - other.data[i]);
    most = Math.max(most, Number.isNaN(distance) ? Infinity : distance);
  }
  const deviation = relative(most, scale);
  return rule.kind === "rounded" ? { deviation, bounds: relative(most, bound) } : { deviation };
}

/** As a multiple of a unit, if there is one. */
function relative(distance: number, unit: number): number {
  return distance === 0 || !(unit > 0 && unit < Infinity) ? distance : distance / unit;
}
