import {
  bindShape,
  definitionOf,
  elementCount,
  listOperands,
  mapOperands,
  nodeCost,
  opNames,
  shapesOf,
  type AnyInputs,
  type Dim,
  type Node,
  type OpName,
  type Shape,
} from "@isoconv/core-spec";
import { models } from "@isoconv/zoo";
import { modelAt, ownSize } from "../model/model-size.js";

/** One application of an operation in a network: a node on operands of known shapes. */
export interface Application {
  readonly op: OpName;
  /** The network and the node where it occurs first: `resnet18/layer1.0.conv1`. */
  readonly place: string;
  /** The operands' shapes by name; a list for an operand that is a list. */
  readonly operands: AnyInputs<Shape>;
  readonly node: Node;
  /** Multiply-adds of one image, and ten for each element of its operands and result. */
  readonly work: number;
}

/** What drawing, moving and comparing an element costs, in multiply-adds. */
const WORK_OF_ELEMENT = 10;

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
    const shapeOf = (name: string): Shape => shapes.get(name) ?? [];
    for (const node of graph.nodes) {
      const operands = mapOperands<string, Shape>(node.inputs, shapeOf);
      const key = JSON.stringify([node.op, node.attrs, operands]);
      if (seen.has(key)) continue;
      seen.add(key);
      const elements = [...listOperands<string>(node.inputs), node.name].map((name) => itemSize(shapeOf(name)));
      const moved = elements.reduce((sum, count) => sum + count, 0);
      const work = nodeCost(node, shapes).macs + WORK_OF_ELEMENT * moved;
      found[node.op].push({ op: node.op, place: `${definition.name}/${node.name}`, operands, node, work });
    }
  }
  return found;
}

/**
 * A cheap part of an operation's applications in which every value of every role occurs: extents of every axis of every
 * operand, every value of every attribute, every number of operands, and every size of the result by powers of 2.
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

function valuesOf({ op, operands, node }: Application): readonly string[] {
  const extents = Object.entries(operands).flatMap(([operand, given]) => {
    const isMany = definitionOf(op).inputs[operand]?.arity === "many";
    const shapes = isMany ? (given as readonly Shape[]) : [given as Shape];
    const each = shapes.flatMap((shape) => shape.map((extent, axis) => `${operand} ${axis}: ${valueOf(extent)}`));
    return isMany ? [`${operand}: ${shapes.length}`, ...each] : each;
  });
  const attributes = Object.entries(node.attrs).map(([name, value]) => `${name}: ${String(value)}`);
  return [...extents, ...attributes, `result: 2^${Math.ceil(Math.log2(itemSize(node.shape)))}`];
}

/** Extents up to this one count each. */
const EACH = 64;

/** Larger extents count by fourths of an octave, and by whether they are multiples of a vector of eight. */
function valueOf(extent: Dim): string {
  if (extent === "N" || extent <= EACH) return String(extent);
  return `2^${Math.floor(4 * Math.log2(extent)) / 4}${extent % 8 === 0 ? "" : " and a remainder"}`;
}

/** The elements of a value for one image. */
function itemSize(shape: Shape): number {
  return elementCount(bindShape(shape, 1));
}
