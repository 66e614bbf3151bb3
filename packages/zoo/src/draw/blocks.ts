import { definitionOf, listOperands, type Graph, type Node } from "@isoconv/core-spec";
import type { ModuleBranch, ModuleTree } from "../module-tree.js";

/** Nodes that are drawn as one box. */
export interface Block {
  /** Paths of the modules and nodes in the box. */
  readonly paths: readonly string[];
  readonly nodes: readonly Node[];
  /** The nodes of one of the identical blocks in the box. */
  readonly once: readonly Node[];
  readonly repeats: number;
}

/** The modules at a depth, and the nodes outside them. */
export function splitAtDepth(tree: ModuleBranch, depth: number): readonly Block[] {
  return tree.children.flatMap((child) => {
    if (child.kind === "module" && depth > 1) return splitAtDepth(child, depth - 1);
    const nodes = nodesOf(child);
    return [{ paths: [child.path], nodes, once: nodes, repeats: 1 }];
  });
}

function nodesOf(tree: ModuleTree): readonly Node[] {
  return tree.kind === "node" ? [tree.node] : tree.children.flatMap(nodesOf);
}

/**
 * Whether a node is drawn in the box of the previous one: activations, normalisations, dropout. A node of another
 * family gets its own box.
 */
export function isFollower({ op }: Node): boolean {
  const { family } = definitionOf(op);
  return family === "activation" || family === "normalisation" || op === "dropout";
}

/** One operation, with the activations and the like that follow it. */
export function isSimple(nodes: readonly Node[]): boolean {
  return nodes.filter((node) => !isFollower(node)).length <= 1;
}

/** Moves activations and the like into the box of the operation that is their only input and has no other reader. */
export function mergeFollowers(blocks: readonly Block[], graph: Graph): readonly Block[] {
  return joinNeighbours(blocks, graph, (before, block) =>
    isSimple(before.nodes) && block.nodes.every(isFollower)
      ? {
          paths: [...before.paths, ...block.paths],
          nodes: [...before.nodes, ...block.nodes],
          once: [...before.once, ...block.once],
          repeats: 1,
        }
      : undefined,
  );
}

/** Merges consecutive identical blocks into one box. Single operations stay separate. */
export function foldRepeats(blocks: readonly Block[], graph: Graph): readonly Block[] {
  const shapes = new Map(graph.parameters.map(({ name, shape }) => [name, shape]));
  const structureOf = (nodes: readonly Node[]): string => {
    const places = new Map(nodes.map(({ name }, index) => [name, index]));
    const operandOf = (name: string): unknown => places.get(name) ?? shapes.get(name) ?? "outside";
    return JSON.stringify(
      nodes.map(({ op, attrs, shape, inputs }) => [op, attrs, shape, listOperands<string>(inputs).map(operandOf)]),
    );
  };
  return joinNeighbours(blocks, graph, (before, block) =>
    isSimple(block.nodes) || structureOf(before.once) !== structureOf(block.nodes)
      ? undefined
      : {
          paths: [...before.paths, ...block.paths],
          nodes: [...before.nodes, ...block.nodes],
          once: before.once,
          repeats: before.repeats + 1,
        },
  );
}

/** Merges, by `join`, each block with its only input if it is that input's only reader. */
function joinNeighbours(
  blocks: readonly Block[],
  graph: Graph,
  join: (before: Block, block: Block) => Block | undefined,
): readonly Block[] {
  const producers = new Map(blocks.flatMap((block) => block.nodes.map((node) => [node.name, block] as const)));
  const sources = new Map(blocks.map((block) => [block, sourcesOf(block, producers)]));
  const uses = new Map<Block, number>();
  for (const source of [...sources.values()].flatMap((all) => [...all])) uses.set(source, (uses.get(source) ?? 0) + 1);
  for (const { value } of graph.outputs) {
    const source = producers.get(value);
    if (source !== undefined) uses.set(source, (uses.get(source) ?? 0) + 1);
  }
  const inputs = new Set(graph.inputs.map(({ name }) => name));
  const takesInput = ({ nodes }: Block): boolean =>
    nodes.some((node) => listOperands<string>(node.inputs).some((name) => inputs.has(name)));
  const joined: Block[] = [];
  const places = new Map<Block, number>();
  for (const block of blocks) {
    const [source, ...others] = sources.get(block) ?? [];
    const place = source === undefined ? undefined : places.get(source);
    const before = place === undefined ? undefined : joined[place];
    const isAlone = source !== undefined && others.length === 0 && uses.get(source) === 1 && !takesInput(block);
    const whole = isAlone && before !== undefined ? join(before, block) : undefined;
    if (whole === undefined || place === undefined) {
      places.set(block, joined.push(block) - 1);
    } else {
      joined[place] = whole;
      places.set(block, place);
    }
  }
  return joined;
}

function sourcesOf(block: Block, producers: ReadonlyMap<string, Block>): ReadonlySet<Block> {
  const sources = block.nodes.flatMap((node) =>
    listOperands<string>(node.inputs).flatMap((name) => producers.get(name) ?? []),
  );
  return new Set(sources.filter((source) => source !== block));
}

/** The boxes that feed each block, without repetitions. `producers` gives the box of each value by its id. */
export function blockEdges(
  blocks: readonly Block[],
  producers: ReadonlyMap<string, string>,
  idOf: (block: Block) => string,
): readonly { readonly from: string; readonly to: string }[] {
  return blocks.flatMap((block) => {
    const to = idOf(block);
    const values = block.nodes.flatMap((node) => listOperands<string>(node.inputs));
    const sources = new Set(values.flatMap((value) => producers.get(value) ?? []));
    return [...sources].filter((from) => from !== to).map((from) => ({ from, to }));
  });
}
