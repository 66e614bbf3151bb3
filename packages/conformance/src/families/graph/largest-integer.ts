import { elementCount, type Graph, type Node, type OpName } from "@isoconv/core-spec";
import { isExact } from "../exact/exact.js";

/** Below it, half precision represents every integer. */
const EXACT_BELOW = 2 ** 11;

/** Operations that give integers for single nodes only in some shapes, and fractions for integers in general. */
const AVERAGING: ReadonlySet<OpName> = new Set([
  "avgPool2d",
  "globalAvgPool2d",
  "adaptiveAvgPool2d",
  "mean",
  "leakyRelu",
]);

/**
 * Whether every number of a graph of integers is below 2¹¹: the result has then the same value in every order of
 * additions and every class of arithmetic. Nodes that average are not followed.
 *
 * @param most the largest absolute value of an input's or parameter's elements
 */
export function isExactOnIntegers(graph: Graph, most: (name: string) => number): boolean {
  return (
    isExact(graph) && !graph.nodes.some(({ op }) => AVERAGING.has(op)) && largestInteger(graph, most) < EXACT_BELOW
  );
}

/** An upper limit of the absolute values of all values and partial sums. */
function largestInteger({ inputs, parameters, nodes }: Graph, most: (name: string) => number): number {
  const limits = new Map<string, number>([...inputs, ...parameters].map(({ name }) => [name, most(name)]));
  const shapes = new Map([...inputs, ...parameters, ...nodes].map(({ name, shape }) => [name, shape]));
  const limit = (name: string | undefined): number => (name === undefined ? 0 : (limits.get(name) ?? Infinity));
  const taps = (w: string, summed: (axis: number) => boolean): number =>
    elementCount((shapes.get(w) ?? []).filter((_, axis) => summed(axis)).map(Number));
  for (const node of nodes) limits.set(node.name, limitOf(node, limit, taps));
  return Math.max(...limits.values());
}

type Taps = (w: string, summed: (axis: number) => boolean) => number;

function limitOf(node: Node, limit: (name: string | undefined) => number, taps: Taps): number {
  switch (node.op) {
    case "conv2d":
    case "linear": {
      const { x, w, bias } = node.inputs;
      return limit(x) * limit(w) * taps(w, (axis) => axis !== 0) + limit(bias);
    }
    case "convTranspose2d": {
      const { x, w, bias } = node.inputs;
      return limit(x) * limit(w) * taps(w, (axis) => axis !== 1) + limit(bias);
    }
    case "add":
      return limit(node.inputs.a) + limit(node.inputs.b);
    case "mul":
      return limit(node.inputs.a) * limit(node.inputs.b);
    case "prelu":
      return limit(node.inputs.x) * Math.max(1, limit(node.inputs.slope));
    case "clip": {
      const { min, max } = node.attrs;
      const isBounded = Number.isFinite(min) && Number.isFinite(max);
      return wholeOrInfinite(isBounded ? 0 : limit(node.inputs.x), [min, max]);
    }
    case "pad2d":
      return wholeOrInfinite(limit(node.inputs.x), [node.attrs.value]);
    case "concat":
      return Math.max(...node.inputs.xs.map(limit));
    default:
      return limit("x" in node.inputs ? node.inputs.x : undefined);
  }
}

/** The largest of a limit and of the finite constants; infinite if a constant is a fraction. */
function wholeOrInfinite(limit: number, constants: readonly number[]): number {
  const finite = constants.filter(Number.isFinite);
  return finite.every(Number.isInteger) ? Math.max(limit, ...finite.map(Math.abs)) : Infinity;
}
