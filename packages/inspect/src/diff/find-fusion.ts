import { listOperands, type Graph, type Node } from "@isoconv/core-spec";

/**
 * Finds the nodes that are wrong only when they are left to be fused. Returning a node's result keeps it from being
 * fused away, so whether the network is wrong is asked with ever fewer nodes observed: first the last node that must go
 * unobserved, then the first, by bisection; then every other one between them.
 *
 * @param isWrong whether the outputs are wrong while only the given nodes are observed; true of none, false of all
 * @returns the nodes fused, with those they are fused into, in the graph's order; `undefined` when the answers do not
 *   repeat, or hidden nodes do not matter
 */
export async function findFusion(
  graph: Graph,
  isWrong: (observed: readonly Node[]) => Promise<boolean>,
): Promise<readonly Node[] | undefined> {
  const { nodes } = graph;
  const isWrongHiding = (hidden: ReadonlySet<Node>): Promise<boolean> =>
    isWrong(nodes.filter((node) => !hidden.has(node)));
  const range = (from: number, to: number): ReadonlySet<Node> => new Set(nodes.slice(from, to));

  const to = await bisect(0, nodes.length, (end) => isWrongHiding(range(0, end)));
  const from = to - (await bisect(0, to, (length) => isWrongHiding(range(to - length, to))));
  const hidden = new Set(range(from, to));
  for (const node of nodes.slice(from, to)) {
    hidden.delete(node);
    if (!(await isWrongHiding(hidden))) hidden.add(node);
  }
  if (hidden.size === 0 || !(await isWrongHiding(hidden))) return undefined;
  const names = new Set([...hidden].map(({ name }) => name));
  return nodes.filter(
    (node) => hidden.has(node) || [...listOperands<string>(node.inputs)].some((operand) => names.has(operand)),
  );
}

/** A count in (low, high] for which it holds although it does not for the count before; it holds for `high`, not `low`. */
async function bisect(low: number, high: number, holds: (count: number) => Promise<boolean>): Promise<number> {
  let [no, yes] = [low, high];
  while (yes - no > 1) {
    const middle = (no + yes) >> 1;
    if (await holds(middle)) yes = middle;
    else no = middle;
  }
  return yes;
}
