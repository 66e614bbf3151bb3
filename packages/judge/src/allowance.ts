import type { OracleResult } from "@isoconv/backend-reference";
import { uniform, type Capabilities, type Tensor, type TensorOf } from "@isoconv/core-spec";
import { errorBound } from "./bound.js";
import type { FilledNetwork } from "./network/network-spec.js";
import { oracleAlone, tensorsOf } from "./isolate-node.js";
import { ruleOf, widenForFastConvolution } from "./node-rule.js";

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
  const together: Deviations[] = [];
  for (const signs of [up, down, ...random]) together.push(await deviationsOf(network, exact, signs, capabilities));
  const alone: Deviations[] = [];
  for (const { name } of network.graph.nodes) {
    const only =
      (signs: Signs): Signs =>
      (node, count) =>
        node === name ? signs(node, count) : () => 0;
    const patterns: Deviations[] = [];
    for (const signs of [up, random[0]]) {
      patterns.push(await deviationsOf(network, exact, only(signs), capabilities));
    }
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
  network: FilledNetwork,
  exact: Readonly<Record<string, OracleResult>>,
  signs: Signs,
  capabilities: Capabilities,
): Promise<Deviations> {
  const disturbed = await disturb(network, signs, capabilities);
  return Object.fromEntries(
    network.graph.outputs.map(({ name, value }) => [
      name,
      largestDeviation(disturbed(value).data, exact[name]?.value ?? new Float64Array()),
    ]),
  );
}

type Signs = (node: string, count: number) => (index: number) => number;

const up: Signs = () => () => 1;
const down: Signs = () => () => -1;
const randomSigns =
  (seed: number): Signs =>
  (node, count) => {
    const drawn = uniform(seed, `signs/${node}`, count, -1, 1);
    return (index) => Math.sign(drawn[index]);
  };

async function disturb(
  { graph, parameters, feeds }: FilledNetwork,
  signs: Signs,
  capabilities: Capabilities,
): Promise<(name: string) => Tensor> {
  const values = new Map<string, Tensor>([...Object.entries(parameters), ...Object.entries(feeds)]);
  const tensorOf = tensorsOf(graph, values);
  for (const node of graph.nodes) {
    const { alone, expected } = await oracleAlone(graph, node, tensorOf);
    const held = widenForFastConvolution(node, ruleOf(alone.graph, alone.graph.nodes[0], 1), expected, capabilities);
    const sign = signs(node.name, expected.value.length);
    const data = Float32Array.from(expected.value, (value, i) =>
      Number.isFinite(value)
        ? value + sign(i) * errorBound(held.rule, value, held.expected.magnitude[i], capabilities)
        : value,
    );
    values.set(node.name, { dtype: "float32", shape: expected.shape, data } satisfies TensorOf<"float32">);
  }
  return tensorOf;
}

/** Compares only elements that are finite in both. */
function largestDeviation(got: ArrayLike<number>, exact: Float64Array): number {
  let most = 0;
  for (let i = 0; i < exact.length; i += 1) {
    const deviation = Math.abs(got[i] - exact[i]);
    if (Number.isFinite(deviation)) most = Math.max(most, deviation);
  }
  return most;
}
