import { runOracle, type OracleResult } from "@isoconv/backend-reference";
import { uniform, type Capabilities, type Tensor, type TensorOf } from "@isoconv/core-spec";
import { errorBound } from "../bound.js";
import type { FilledNetwork } from "../plan/network-spec.js";
import { isolateNode } from "./isolate-node.js";
import { ruleOf, widenForFastConvolution } from "./node-rule.js";

/** Signs of the errors made: all up, all down, and some at random. */
const RANDOM_SEEDS = [1, 2, 3];
/** A correct backend stays within this many of the largest deviations sampled. */
const ALLOWANCE = 4;

/**
 * How far the outputs of a small graph may be from the oracle's when the graph runs as a whole: the largest deviation
 * when every element of every node is wrong by its whole bound, sampled over several patterns of signs, times 4. For
 * graphs of a few nodes only; networks are judged by their noise floor.
 */
export async function allowanceOf(
  network: FilledNetwork,
  exact: Readonly<Record<string, OracleResult>>,
  capabilities: Capabilities,
): Promise<Readonly<Record<string, number>>> {
  const most: Record<string, number> = {};
  for (const signs of [up, down, ...RANDOM_SEEDS.map(random)]) {
    const disturbed = await disturb(network, signs, capabilities);
    for (const { name, value } of network.graph.outputs) {
      const deviation = largestDeviation(disturbed(value).data, exact[name]?.value ?? new Float64Array());
      most[name] = Math.max(most[name] ?? 0, ALLOWANCE * deviation);
    }
  }
  return most;
}

type Signs = (node: string, count: number) => (index: number) => number;

const up: Signs = () => () => 1;
const down: Signs = () => () => -1;
const random =
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
  const tensorOf = (name: string): Tensor => {
    const tensor = values.get(name);
    if (tensor === undefined) throw new Error(`no value "${name}" in "${graph.name}"`);
    return tensor;
  };
  for (const node of graph.nodes) {
    const alone = isolateNode(graph, node, tensorOf);
    const { [node.name]: result } = await runOracle(alone.graph, alone.parameters, alone.feeds);
    const [isolated] = alone.graph.nodes;
    if (result === undefined || isolated === undefined)
      throw new Error(`the oracle returned nothing for "${node.name}"`);
    const held = widenForFastConvolution(node, ruleOf(alone.graph, isolated, 1), result, capabilities);
    const sign = signs(node.name, result.value.length);
    const data = Float32Array.from(result.value, (value, i) =>
      Number.isFinite(value)
        ? value + sign(i) * errorBound(held.rule, value, held.expected.magnitude[i], capabilities)
        : value,
    );
    values.set(node.name, { dtype: "float32", shape: result.shape, data } satisfies TensorOf<"float32">);
  }
  return tensorOf;
}

/** Over the elements that are finite in both. */
function largestDeviation(got: ArrayLike<number>, exact: Float64Array): number {
  let most = 0;
  for (let i = 0; i < exact.length; i += 1) {
    const deviation = Math.abs(got[i] - exact[i]);
    if (Number.isFinite(deviation)) most = Math.max(most, deviation);
  }
  return most;
}
