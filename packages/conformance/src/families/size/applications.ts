import {
  bindShape,
  definitionOf,
  elementCount,
  listOperands,
  mapOperands,
  nodeCost,
  opNames,
  shapesOf,
  type ConcreteShape,
  type Graph,
  type Node,
  type OpName,
} from "@isoconv/core-spec";
import { models } from "@isoconv/zoo";
import { modelAt, ownSize } from "../model/model-size.js";

/** One application of an operation in a network: a node on operands of known shapes. */
export interface Application {
  readonly op: OpName;
  /** The network and the node where it occurs first: `resnet18/layer1.0.conv1`. */
  readonly place: string;
  readonly graph: Graph;
  readonly node: Node;
  /** Multiply-adds, and elements of operands and result, of one image. */
  readonly work: number;
}

/** Networks take seconds to build, and do not change. */
let known: Readonly<Record<OpName, readonly Application[]>> | undefined;

/** The distinct applications of each operation in all networks of the zoo at their published sizes, for one image. */
export function applications(): Readonly<Record<OpName, readonly Application[]>> {
  known ??= findApplications();
  return known;
}

function findApplications(): Readonly<Record<OpName, readonly Application[]>> {
  const seen = new Set<string>();
  const found = Object.fromEntries(opNames.map((op): [OpName, Application[]] => [op, []])) as Record<
    OpName,
    Application[]
  >;
  for (const definition of models) {
    const { graph } = modelAt(definition, ownSize(definition));
    const shapes = shapesOf(graph);
    const bound = (name: string): ConcreteShape => bindShape(shapes.get(name) ?? [], 1);
    for (const node of graph.nodes) {
      const operands = mapOperands<string, ConcreteShape>(node.inputs, bound);
      const key = JSON.stringify([node.op, node.attrs, operands]);
      if (seen.has(key)) continue;
      seen.add(key);
      const elements = [...listOperands<string>(node.inputs), node.name].map((name) => elementCount(bound(name)));
      const work = nodeCost(node, shapes).macs + elements.reduce((sum, count) => sum + count, 0);
      found[node.op].push({ op: node.op, place: `${definition.name}/${node.name}`, graph, node, work });
    }
  }
  return found;
}

/**
 * A cheap part of an operation's applications in which every value of every role occurs: every extent of every axis of
 * every operand, every value of every attribute, every number of operands, and every size of the result by powers of 2.
 * The greedy cover of Chvátal (1979): always the application that costs least per value that is new.
 *
 * @param most the most work of one application; values that occur only in larger ones are left out
 */
export function coverApplications(all: readonly Application[], most: number): readonly Application[] {
  const left = all.filter(({ work }) => work <= most).map((each) => ({ each, values: new Set(valuesOf(each)) }));
  const chosen: Application[] = [];
  for (;;) {
    let best: (typeof left)[number] | undefined;
    let least = Infinity;
    for (const candidate of left) {
      const price = (candidate.each.work + FIXED_WORK) / candidate.values.size;
      if (price < least) [best, least] = [candidate, price];
    }
    if (best === undefined) return chosen;
    chosen.push(best.each);
    const met = [...best.values];
    for (const { values } of left) for (const value of met) values.delete(value);
  }
}

/** What compiling and running a small graph costs, in multiply-adds. */
const FIXED_WORK = 300_000;

function valuesOf({ op, graph, node }: Application): readonly string[] {
  const shapes = shapesOf(graph);
  const result = Math.ceil(Math.log2(elementCount(bindShape(node.shape, 1))));
  return [
    ...Object.entries(node.inputs).flatMap(([operand, names]) => {
      const isMany = definitionOf(op).inputs[operand]?.arity === "many";
      return [
        ...(isMany ? [`${operand}: ${names.length}`] : []),
        ...listOperands<string>({ [operand]: names }).flatMap((name) =>
          (shapes.get(name) ?? []).map((extent, axis) => `${operand} ${axis}: ${extent}`),
        ),
      ];
    }),
    ...Object.entries(node.attrs).map(([name, value]) => `${name}: ${String(value)}`),
    `result: 2^${result}`,
  ];
}
