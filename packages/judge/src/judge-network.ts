import { runOracle, type OracleResult } from "@isoconv/backend-reference";
import {
  exact,
  listOperands,
  ownValue,
  selection,
  type AccuracyRule,
  type Capabilities,
  type Graph,
  type GraphOutput,
  type Node,
  type Results,
} from "@isoconv/core-spec";
import { compareWithOracle, type Agreement } from "./agreement.js";
import { underflow } from "./arithmetic.js";
import type { Memo } from "./memo.js";
import type { FilledNetwork } from "./network/network-spec.js";
import { allowanceOf } from "./allowance.js";
import { compareNode, worstElement } from "./judge-nodes.js";
import { failed, passed, worstByOp, type Judgement, type OpShare } from "./judgement.js";
import { isFastConvolution, ruleOf } from "./node-rule.js";
import { differentRows, gatherRows, outputsWithBatch, takeItems, takeResults, takeRows } from "./take-items.js";
import { nonFiniteReach } from "./undetermined.js";

/** The reference for the outputs of a network. */
interface Yardstick {
  readonly expected: Readonly<Record<string, OracleResult>>;
  readonly reach: Readonly<Record<string, Uint8Array>> | undefined;
  /** For graphs of several nodes. */
  readonly allowance: Readonly<Record<string, number>> | undefined;
  /** The values that were only moved. */
  readonly moved: ReadonlySet<string>;
}

export interface NetworkQuestion {
  /** The key of the reference in the memo. */
  readonly key: string;
  readonly network: FilledNetwork;
  /** Requires the exact value; zeros of either sign are equal if they are computed. */
  readonly exactly: boolean;
  /** The items of the network's batch that were run, in order, if they were not each run once. */
  readonly items?: readonly number[] | undefined;
}

/** Compares every output of a small graph with its bound. */
export async function judgeNetwork(
  { key, network, exactly, items }: NetworkQuestion,
  results: Results,
  capabilities: Capabilities,
  memo: Memo,
): Promise<Judgement> {
  const { arithmetic, convAlgorithm, subnormals, nonFinite } = capabilities;
  const variant = `${key}|${arithmetic}|${convAlgorithm}|${subnormals}|${nonFinite}|${exactly}`;
  const whole = await memo.recall(variant, () => measure(network, exactly, capabilities));
  const compare = (run: FilledNetwork, got: Results, yardstick: Yardstick): Judgement =>
    judgeOutputs(run, got, yardstick, exactly, capabilities);
  if (items === undefined) return compare(network, results, whole);
  const batchOf = (taken: readonly number[]): readonly [FilledNetwork, Yardstick] => [
    takeItems(network, taken),
    yardstickOf(taken, network.graph, whole),
  ];
  // A row with the bits of an earlier row of the same item is as right as that one.
  const rows = differentRows(network.graph, results, items);
  if (rows.length < items.length) {
    const [run, yardstick] = batchOf(rows.map((row) => items[row]));
    const judgement = compare(run, takeRows(network.graph, results, rows), yardstick);
    // Of all rows, a comparison gives the indices that the backend's results have.
    if (judgement.passed) return judgement;
  }
  const [run, yardstick] = batchOf(items);
  return compare(run, results, yardstick);
}

function judgeOutputs(
  run: FilledNetwork,
  results: Results,
  yardstick: Yardstick,
  exactly: boolean,
  capabilities: Capabilities,
): Judgement {
  const { graph } = run;
  const shares: OpShare[] = [];
  for (const output of graph.outputs) {
    const { node, agreement } = judgeOutput(run, output, exactly, results, yardstick, capabilities);
    // The error of several nodes together gives no share for a single one.
    if (node !== undefined && (exactly || graph.nodes.length === 1)) {
      shares.push({ op: node.op, share: agreement.worstShare, worst: worstElement(output.value, agreement) });
    }
    if (!agreement.agrees) {
      return failed(`output "${output.name}" (${node?.op ?? "unchanged"}): ${agreement.reason ?? "disagrees"}`, {
        shares: worstByOp(shares),
      });
    }
  }
  return passed(worstByOp(shares));
}

/** Fast convolutions round even small integers, so they are judged by their bounds instead. */
function demandsExactness({ graph }: FilledNetwork, exactly: boolean, capabilities: Capabilities): boolean {
  return exactly && !graph.nodes.some((node) => isFastConvolution(node, capabilities));
}

async function measure(network: FilledNetwork, exactly: boolean, capabilities: Capabilities): Promise<Yardstick> {
  const isBounded = network.graph.nodes.length > 1 && !demandsExactness(network, exactly, capabilities);
  const expected = await runOracle(network.graph, network.parameters, network.feeds);
  return {
    expected,
    reach: isIndeterminate(network.graph, capabilities) ? await nonFiniteReach(network, expected) : undefined,
    allowance: isBounded ? await allowanceOf(network, expected, capabilities) : undefined,
    moved: movedValues(network.graph),
  };
}

/** Whether NaN and ∞ may give any value: as declared, and in a power of 0, which is 1 or, by a logarithm, NaN. */
function isIndeterminate({ nodes }: Graph, { nonFinite }: Capabilities): boolean {
  const [node] = nodes;
  return nonFinite === "indeterminate" || (nodes.length === 1 && node.op === "lrn" && node.attrs.beta === 0);
}

/** The reference for some items of the batch. The allowance holds for every item. */
function yardstickOf(items: readonly number[], graph: Graph, whole: Yardstick): Yardstick {
  const { expected, reach } = whole;
  const open = new Set(outputsWithBatch(graph));
  const taken = Object.fromEntries(
    Object.entries(expected).map(([name, result]) => [name, open.has(name) ? takeResults(result, items) : result]),
  );
  const marks = Object.entries(reach ?? {}).map(([name, all]): [string, Uint8Array] => {
    const { length } = taken[name]?.value ?? all;
    const row = length / items.length;
    return [name, open.has(name) ? gatherRows(all, row, items, new Uint8Array(length)) : all];
  });
  return { ...whole, expected: taken, reach: reach && Object.fromEntries(marks) };
}

function judgeOutput(
  network: FilledNetwork,
  { name, value }: GraphOutput,
  exactly: boolean,
  results: Results,
  { expected, reach, allowance, moved }: Yardstick,
  capabilities: Capabilities,
): { readonly node: Node | undefined; readonly agreement: Agreement } {
  const { graph } = network;
  const node = graph.nodes.find((candidate) => candidate.name === value);
  const got = ownValue(results, name);
  const result = expected[name];
  if (result === undefined) throw new Error(`the oracle returned no "${name}"`);
  if (got === undefined) {
    return { node, agreement: { agrees: false, worstShare: Infinity, worst: undefined, reason: "not returned" } };
  }
  const undetermined = reach?.[name];
  // Values that were only moved keep every bit, including the sign of zero.
  if (moved.has(value)) {
    return { node, agreement: compareWithOracle(got, { ...result, undetermined }, exact, capabilities) };
  }
  if (demandsExactness(network, exactly, capabilities)) {
    return { node, agreement: compareWithOracle(got, { ...result, undetermined }, selection, capabilities) };
  }
  if (graph.nodes.length === 1) {
    return { node, agreement: compareNode(network, got, result, undetermined, capabilities) };
  }
  // In units of the smallest rounding, so that the rule's only coefficient is the allowance itself.
  const bound = allowance?.[name] ?? 0;
  const rule: AccuracyRule = {
    kind: "rounded",
    value: 0,
    magnitude: 1,
    absolute: 0,
    inputs: 0,
    terms: 0,
  };
  const flat = { arithmetic: "f32", subnormals: capabilities.subnormals } as const;
  const magnitude = new Float64Array(result.value.length).fill((bound + underflow(capabilities)) * 2 ** 24);
  return {
    node,
    agreement: compareWithOracle(got, { ...result, magnitude, undetermined }, rule, { ...capabilities, ...flat }),
  };
}

/** The inputs, the parameters and what operations with exact results only make of them. */
function movedValues(graph: Graph): ReadonlySet<string> {
  const moved = new Set([...graph.inputs, ...graph.parameters].map(({ name }) => name));
  for (const node of graph.nodes) {
    const isExact = ruleOf(graph, node, 1).kind === "exact";
    if (isExact && listOperands<string>(node.inputs).every((name) => moved.has(name))) moved.add(node.name);
  }
  return moved;
}
