import { checkOptions, nodeCost, optionChecks, shapesOf, type KnownOptions, type Shape } from "@isoconv/core-spec";
import { parameterCount } from "@isoconv/nn";
import type { Model } from "../model.js";
import { moduleTree, type ModuleBranch } from "../module-tree.js";
import { parametersUsed } from "../parameters-used.js";
import { blockEdges, foldRepeats, mergeFollowers, splitAtDepth, type Block } from "./blocks.js";
import { describeBlock } from "./describe-block.js";
import type { Drawing, DrawingBox } from "./drawing.js";

export interface DrawingOptions {
  /** How many levels of modules to open; by default as many as keep the drawing readable. */
  readonly depth?: number;
}

const OPTIONS: KnownOptions<DrawingOptions> = { known: { depth: optionChecks.count } };

/** The largest number of boxes that is still readable. */
const READABLE_BOXES = 32;

/**
 * The architecture of a network, with blocks collapsed below `depth`.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for an unknown option and for a depth that is not an integer ≥ 1
 */
export function drawingOf(model: Model, options: DrawingOptions = {}): Drawing {
  checkOptions(options, OPTIONS, { op: "drawingOf" });
  const { depth } = options;
  const tree = moduleTree(model);
  const blocksAt = (depth: number): readonly Block[] =>
    foldRepeats(mergeFollowers(splitAtDepth(tree, depth), model.graph), model.graph);
  if (depth !== undefined) return draw(model, blocksAt(depth), depth);
  let [deepest, blocks] = [1, blocksAt(1)];
  for (let next = 2; next <= depthOf(tree); next += 1) {
    const finer = blocksAt(next);
    if (finer.length > READABLE_BOXES) break;
    [deepest, blocks] = [next, finer];
  }
  return draw(model, blocks, deepest);
}

function depthOf({ children }: ModuleBranch): number {
  return 1 + Math.max(0, ...children.map((child) => (child.kind === "module" ? depthOf(child) : 0)));
}

function draw({ name, graph, parameters, modules }: Model, blocks: readonly Block[], depth: number): Drawing {
  const shapes = shapesOf(graph);
  const used = parametersUsed(graph, parameters);
  const idOf = (block: Block): string => block.paths[0] ?? "";
  const terminal = (kind: "input" | "output", name: string, value: string): DrawingBox => ({
    id: `${kind}:${name}`,
    kind,
    name,
    paths: [],
    repeats: 1,
    does: kind,
    followers: [],
    family: null,
    outputShape: shapes.get(value) ?? [],
    parameters: 0,
    macs: 0,
  });
  const shapeOf = (path: string): Shape => shapes.get(modules.get(path) ?? path) ?? [];
  const boxes = blocks.map((block): DrawingBox => ({
    id: idOf(block),
    name: idOf(block),
    paths: block.paths,
    repeats: block.repeats,
    ...describeBlock(block.once, shapes),
    outputShape: shapeOf(block.paths.at(-1) ?? ""),
    parameters: parameterCount(block.nodes.flatMap((node) => used.get(node.name) ?? [])),
    macs: block.nodes.reduce((sum, node) => sum + nodeCost(node, shapes).macs, 0),
  }));
  const producers = new Map([
    ...graph.inputs.map(({ name }) => [name, `input:${name}`] as const),
    ...blocks.flatMap((block) => block.nodes.map((node) => [node.name, idOf(block)] as const)),
  ]);
  const fed = graph.outputs.flatMap(({ name, value }) => {
    const from = producers.get(value);
    return from === undefined ? [] : [{ from, to: `output:${name}` }];
  });
  return {
    name,
    depth,
    boxes: [
      ...graph.inputs.map(({ name }) => terminal("input", name, name)),
      ...boxes,
      ...graph.outputs.map(({ name, value }) => terminal("output", name, value)),
    ],
    edges: [...blockEdges(blocks, producers, idOf), ...fed],
  };
}
