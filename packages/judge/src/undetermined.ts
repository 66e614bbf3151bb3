import { runOracle, type OracleResult } from "@isoconv/backend-reference";
import {
  definitionOf,
  listOperands,
  ownValue,
  type Feeds,
  type Graph,
  type Node,
  type OpName,
  type Tensors,
} from "@isoconv/core-spec";
import type { FilledNetwork } from "./network/network-spec.js";

/** Values that replace non-finite operands. An element that no NaN or ∞ reaches has one value with all of them. */
const STAND_INS = [-3, 5];

/**
 * Marks the elements of every output that NaN and ∞ among the operands reach: those whose exact value changes when the
 * non-finite operands are replaced. `undefined` if all operands are finite.
 *
 * @param actual the oracle's results, if they are known already
 */
export async function nonFiniteReach(
  { graph, parameters, feeds }: FilledNetwork,
  actual?: Readonly<Record<string, OracleResult>>,
): Promise<Readonly<Record<string, Uint8Array>> | undefined> {
  if (!hasNonFinite(parameters) && !hasNonFinite(feeds)) return undefined;
  const read = withPowers(graph);
  if (read !== graph) return nonFiniteReach({ graph: read, parameters, feeds });
  const own = elementwiseReach(graph, feeds);
  if (own !== undefined) return own;
  const exact = actual ?? (await runOracle(graph, parameters, feeds));
  const summed = sumReach({ graph, parameters, feeds }, exact);
  if (summed !== undefined) return summed;
  const reach = Object.fromEntries(Object.entries(exact).map(([name, { value }]) => [name, nonFinite(value)]));
  for (const standIn of STAND_INS) {
    const run = await runOracle(graph, replaced(parameters, standIn), replaced(feeds, standIn));
    for (const [name, marks] of Object.entries(reach)) markChanges(marks, exact[name].value, run[name].value);
  }
  return reach;
}

/**
 * The graph with β = 1 in place of 0. Anything to the power of 0 is 1, so that no replaced element changes the result, but
 * runtimes compute the power by a logarithm, which NaN and ∞ leave as NaN.
 */
function withPowers(graph: Graph): Graph {
  const isConstant = (node: Node): boolean => node.op === "lrn" && node.attrs.beta === 0;
  if (!graph.nodes.some(isConstant)) return graph;
  const nodes = graph.nodes.map((node) =>
    node.op === "lrn" && isConstant(node) ? { ...node, attrs: { ...node.attrs, beta: 1 } } : node,
  );
  return { ...graph, nodes };
}

/** The reach in a graph of one function of each element: the element itself. */
function elementwiseReach({ nodes, outputs }: Graph, feeds: Feeds): Readonly<Record<string, Uint8Array>> | undefined {
  const [node, ...others] = nodes;
  if (node === undefined || others.length > 0 || definitionOf(node.op).family !== "activation") return undefined;
  const [operand, ...more] = listOperands<string>(node.inputs);
  const fed = operand === undefined || more.length > 0 ? undefined : ownValue(feeds, operand);
  if (fed === undefined || outputs.some(({ value }) => value !== node.name)) return undefined;
  const marks = nonFinite(fed.data);
  return Object.fromEntries(outputs.map(({ name }) => [name, marks]));
}

/** Operations whose result is not finite wherever one of its terms is not, unless an activation follows. */
const SUMS: readonly OpName[] = [
  "conv2d",
  "convTranspose2d",
  "linear",
  "avgPool2d",
  "adaptiveAvgPool2d",
  "globalAvgPool2d",
  "mean",
  "add",
  "mul",
];

/** The reach in a graph of one sum: where the result is not finite, or its magnitude, which no activation changes. */
function sumReach(
  { graph: { nodes, outputs }, parameters }: FilledNetwork,
  exact: Readonly<Record<string, OracleResult>>,
): Readonly<Record<string, Uint8Array>> | undefined {
  const [node, ...others] = nodes;
  if (node === undefined || others.length > 0 || outputs.some(({ value }) => value !== node.name)) return undefined;
  // An infinite variance leaves the offset alone.
  const isSum = SUMS.includes(node.op) || (node.op === "batchNorm" && !hasNonFinite(parameters));
  if (!isSum) return undefined;
  return Object.fromEntries(
    outputs.map(({ name }) => {
      const marks = nonFinite(exact[name].value);
      for (const [k, mark] of nonFinite(exact[name].magnitude).entries()) marks[k] |= mark;
      return [name, marks];
    }),
  );
}

/** Marks NaN and ∞. */
export function nonFinite(value: ArrayLike<number>): Uint8Array {
  const marks = new Uint8Array(value.length);
  for (let k = 0; k < value.length; k += 1) if (!Number.isFinite(value[k])) marks[k] = 1;
  return marks;
}

function markChanges(marks: Uint8Array, actual: Float64Array, changed: Float64Array): void {
  for (let k = 0; k < marks.length; k += 1) if (changed[k] !== actual[k]) marks[k] = 1;
}

/** Whether NaN or ∞ is among the elements. */
export function hasNonFinite(tensors: Tensors): boolean {
  return Object.values(tensors).some(({ data }) => {
    for (let k = 0; k < data.length; k += 1) if (!Number.isFinite(data[k])) return true;
    return false;
  });
}

function replaced(tensors: Tensors, standIn: number): Tensors {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => [
      name,
      tensor.dtype === "float32" ? { ...tensor, data: withStandIn(tensor.data, standIn) } : tensor,
    ]),
  );
}

function withStandIn(data: Float32Array, standIn: number): Float32Array {
  const replaced = data.slice();
  for (let k = 0; k < replaced.length; k += 1) if (!Number.isFinite(replaced[k])) replaced[k] = standIn;
  return replaced;
}
