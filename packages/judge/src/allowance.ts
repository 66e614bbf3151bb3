import { runOracle, type OracleOptions, type OracleResult } from "@isoconv/backend-reference";
import { exact as exactRule, uniform, type AccuracyRule, type Capabilities } from "@isoconv/core-spec";
import { errorBound } from "./bound.js";
import type { Elements } from "./fast-convolution.js";
import { batchOf } from "./judge-nodes.js";
import type { FilledNetwork } from "./network/network-spec.js";
import { boundsWith, ruleOf, type Application } from "./node-rule.js";

/** Seeds of random signs, in addition to all plus and all minus. */
const RANDOM_SEEDS = [1, 2, 3];
/** A correct backend stays within this multiple of the largest sampled deviation. */
const ALLOWANCE = 4;

/**
 * How far the outputs of a small graph may be from the oracle's when the graph runs as a whole: 4 times the deviation
 * caused by errors of the size of each element's bound. The deviation is sampled in two ways, and the larger one is
 * used. In the first, all nodes have errors at once, with several patterns of signs. In the second, one node at a time
 * has errors and the deviations are added, because errors of several nodes may cancel in a sample. Only for graphs of a
 * few nodes; networks are judged by their noise floor.
 */
export async function allowanceOf(
  network: FilledNetwork,
  exact: Readonly<Record<string, OracleResult>>,
  capabilities: Capabilities,
): Promise<Readonly<Record<string, number>>> {
  const random = RANDOM_SEEDS.map(randomSigns);
  const { graph, feeds } = network;
  const rules = new Map(graph.nodes.map((node) => [node.name, ruleOf(graph, node, batchOf(graph, feeds))]));
  const sample = (signs: Signs): Promise<Deviations> => deviationsOf(network, exact, rules, signs, capabilities);
  const together: Deviations[] = [];
  for (const signs of [up, down, ...random]) together.push(await sample(signs));
  const alone: Deviations[] = [];
  for (const { name } of graph.nodes) {
    // Nodes that only choose or move elements have no error of their own.
    if (rules.get(name)?.kind !== "rounded") continue;
    const only =
      (signs: Signs): Signs =>
      (node, count) =>
        node === name ? signs(node, count) : () => 0;
    const patterns: Deviations[] = [];
    for (const signs of [up, random[0]]) patterns.push(await sample(only(signs)));
    alone.push(combine(patterns, Math.max));
  }
  const largest = combine([...together, combine(alone, (a, b) => a + b)], Math.max);
  return Object.fromEntries(Object.entries(largest).map(([name, deviation]) => [name, ALLOWANCE * deviation]));
}

/** The largest deviation of every output. */
type Deviations = Readonly<Record<string, number>>;

function combine(samples: readonly Deviations[], join: (a: number, b: number) => number): Deviations {
  const joined = new Map<string, number>();
  for (const sample of samples) {
    for (const [name, deviation] of Object.entries(sample)) joined.set(name, join(joined.get(name) ?? 0, deviation));
  }
  return Object.fromEntries(joined);
}

async function deviationsOf(
  { graph, parameters, feeds }: FilledNetwork,
  exact: Readonly<Record<string, OracleResult>>,
  rules: ReadonlyMap<string, AccuracyRule>,
  signs: Signs,
  capabilities: Capabilities,
): Promise<Deviations> {
  const revise: OracleOptions["revise"] = (node, computed, operandOf) => {
    const elementsOf = (name: string): Elements => {
      const { shape, value } = operandOf(name);
      return { shape, data: value };
    };
    const application = { node, rule: rules.get(node.name) ?? exactRule, elementsOf };
    return { shape: computed.shape, value: disturbed(application, computed, signs, capabilities) };
  };
  const results = await runOracle(graph, parameters, feeds, { revise });
  return Object.fromEntries(
    Object.entries(results).map(([name, { value }]) => [
      name,
      largestDeviation(value, exact[name]?.value ?? new Float64Array()),
    ]),
  );
}

/** The elements of a node with errors as large as their bounds, as float32 stores them. */
function disturbed(
  application: Application,
  computed: OracleResult,
  signs: Signs,
  capabilities: Capabilities,
): Float64Array {
  const held = boundsWith(application, computed, capabilities);
  const sign = signs(application.node.name, computed.value.length);
  return computed.value.map((value, i) =>
    Math.fround(
      Number.isFinite(value)
        ? value + sign(i) * errorBound(held.rule, value, held.expected.magnitude[i], capabilities)
        : value,
    ),
  );
}

type Signs = (node: string, count: number) => (index: number) => number;

const up: Signs = () => () => 1;
const down: Signs = () => () => -1;
/** Every pass over a graph asks for the same signs again, so they are kept. */
const randomSigns = (seed: number): Signs => {
  const kept = new Map<string, Float32Array>();
  return (node, count) => {
    const drawn = kept.get(node) ?? uniform(seed, `signs/${node}`, count, -1, 1);
    kept.set(node, drawn);
    return (index) => Math.sign(drawn[index]);
  };
};

/** Compares only elements that are finite in both. */
function largestDeviation(got: ArrayLike<number>, exact: Float64Array): number {
  let most = 0;
  for (let i = 0; i < exact.length; i += 1) {
    const deviation = Math.abs(got[i] - exact[i]);
    if (Number.isFinite(deviation)) most = Math.max(most, deviation);
  }
  return most;
}
