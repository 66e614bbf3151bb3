import { listOperands, type Graph, type Node } from "@isoconv/core-spec";

/**
 * Finds the nodes that are wrong only if they may be fused. A node whose result is returned is not fused away, so the
 * search checks whether the network is wrong with ever fewer nodes observed: first it bisects for the last node that
 * must be unobserved, then for the first, then it tries every other one between them.
 *
 * @param isWrong whether the outputs are wrong while only the given nodes are observed; true of none, false of all
 * @returns the nodes fused, with those they are fused into, in the graph's order; `undefined` if `isWrong` is
 *   inconsistent or hidden nodes have no effect
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

/**
 * A count in (low, high] for which the predicate holds although it fails for the count before; it must hold for `high`
 * and fail for `low`.
 */
async function bisect(low: number, high: number, holds: (count: number) => Promise<boolean>): Promise<number> {
  let [no, yes] = [low, high];
  while (yes - no > 1) {
    const middle = (no + yes) >> 1;
    if (await holds(middle)) yes = middle;
    else no = middle;
  }
  return yes;
}
