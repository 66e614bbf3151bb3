import {
  bindShape,
  elementCount,
  float32,
  nodeCost,
  ownValue,
  selection,
  shapesOf,
  type Capabilities,
  type ConcreteShape,
  type Graph,
  type Results,
  type Tensor,
} from "@isoconv/core-spec";
import { compareWithOracle, shapeComplaint, unravel, type Agreement } from "../agreement.js";
import { oracleOfOp } from "../check-op.js";
import { tensorsOf } from "../isolate-node.js";
import { judgeNetwork, type NetworkQuestion } from "../judge-network.js";
import { batchOf, shareOf } from "../judge-nodes.js";
import { failed, passed, type Judgement } from "../judgement.js";
import type { Memo } from "../memo.js";
import { boundsWith, isFastConvolution, ruleOf } from "../node-rule.js";
import { takeItems } from "../take-items.js";
import { wrongChannel } from "./checksum.js";
import { contractionOf, isLinear, type LinearNode } from "./contraction.js";
import { cropOf } from "./crop.js";
import { cut, span, type Range } from "./range.js";
import { sampleIndices } from "./sample-indices.js";
import { sampledOracle } from "./sampled-oracle.js";
import { sumsStayExact } from "./sums-stay-exact.js";

/** The multiply-adds that the oracle computes in about 10 ms. */
const CHEAP_MACS = 2e6;

/** The most multiply-adds for sampled elements: about 50 ms. */
const SAMPLED_MACS = 1e7;

/** A question about a network of one operation. */
export type SizeQuestion = Omit<NetworkQuestion, "exactly">;

/** What every check of a dear operation gets. */
interface Dear {
  readonly key: string;
  readonly graph: Graph;
  readonly node: LinearNode;
  readonly tensorOf: (name: string) => Tensor;
  readonly shape: ConcreteShape;
  readonly got: Tensor;
  readonly capabilities: Capabilities;
}

/**
 * Judges one operation at any size by the cheapest check that is sound:
 *
 * 1. All elements by the oracle, unless the operation has more multiply-adds than the oracle computes in 10 ms.
 * 2. All elements by checksums, if the operands prove that every correct result has the same numbers (`sumsStayExact`). See
 *    `wrongChannel` for what they detect.
 * 3. Sampled elements by their bounds. See `sampleIndices` for what they detect.
 *
 * Whether the numbers must be equal or within bounds follows from the operands in all three.
 */
export async function judgeAtSize(
  { key, network, items }: SizeQuestion,
  results: Results,
  capabilities: Capabilities,
  memo: Memo,
): Promise<Judgement> {
  const { graph, parameters, feeds } = network;
  const [node] = graph.nodes;
  const tensorOf = tensorsOf(graph, new Map([...Object.entries(parameters), ...Object.entries(feeds)]));
  const exactly = !isFastConvolution(node, capabilities) && sumsStayExact(node, tensorOf, capabilities.arithmetic);
  const batch = batchOf(graph, feeds);
  const isCheap = nodeCost(node, shapesOf(graph), batch).macs <= CHEAP_MACS;
  if (!isLinear(node) || isCheap) {
    return judgeNetwork({ key, network, exactly, items }, results, capabilities, memo);
  }
  if (items !== undefined) {
    const run = takeItems(network, items);
    return judgeAtSize({ key: `${key}|${items.join()}`, network: run }, results, capabilities, memo);
  }
  const [{ name }] = graph.outputs;
  const got = ownValue(results, name);
  if (got === undefined) return failed(`output "${name}" (${node.op}): not returned`);
  const dear: Dear = { key, graph, node, tensorOf, shape: bindShape(node.shape, batch), got, capabilities };
  const agreement = await judgeDear(dear, exactly, memo);
  const shares = [shareOf({ node, agreement })];
  if (agreement.agrees) return passed(shares);
  return failed(`output "${name}" (${node.op}): ${agreement.reason ?? "disagrees"}`, { shares });
}

async function judgeDear(dear: Dear, exactly: boolean, memo: Memo): Promise<Agreement> {
  const { node, shape, got } = dear;
  const misshapen = shapeComplaint(got, shape);
  if (misshapen !== undefined) return { agrees: false, worstShare: Infinity, worst: undefined, reason: misshapen };
  const isPlain = node.op === "convTranspose2d" || node.attrs.activation === "none";
  return exactly && isPlain ? judgeChecksums(dear) : judgeSamples(dear, exactly, memo);
}

/** If a checksum differs, the oracle computes the channel that it names, and the comparison names the element. */
async function judgeChecksums({ key, node, tensorOf, shape, got, capabilities }: Dear): Promise<Agreement> {
  const wrong = wrongChannel(contractionOf(node, tensorOf), got.data, key);
  if (wrong === undefined) return { agrees: true, worstShare: 0, worst: undefined, reason: undefined };
  const image = node.op === "linear" ? unravel(wrong.image, shape.slice(0, -1)) : [wrong.image];
  const channel = [...image, wrong.channel];
  const region = shape.map((extent, axis): Range => (axis < channel.length ? span(channel[axis], 1) : span(0, extent)));
  const expected = await oracleOfOp(cropOf(node, region, tensorOf));
  const indexOf = (k: number): readonly number[] => [...channel, ...unravel(k, expected.shape).slice(channel.length)];
  return compareWithOracle(cut(got, region), { ...expected, indexOf }, selection, capabilities);
}

async function judgeSamples(dear: Dear, exactly: boolean, memo: Memo): Promise<Agreement> {
  const { key, graph, node, tensorOf, shape, got, capabilities } = dear;
  const macs = nodeCost(node, shapesOf(graph), shape[0]).macs / elementCount(shape);
  const indices = sampleIndices(shape, key, Math.ceil(SAMPLED_MACS / macs));
  const { undetermined, ...determined } = await memo.recall(`${key}|${capabilities.arithmetic}|samples`, async () =>
    sampledOracle(node, tensorOf, shape, indices),
  );
  const expected = capabilities.nonFinite === "indeterminate" ? { ...determined, undetermined } : determined;
  const sampled = float32(
    [indices.length],
    indices.map((index) => got.data[index]),
  );
  const application = { node, rule: ruleOf(graph, node, shape[0]), elementsOf: tensorOf };
  const held = exactly ? { rule: selection, expected } : boundsWith(application, expected, capabilities);
  return compareWithOracle(sampled, held.expected, held.rule, capabilities);
}
