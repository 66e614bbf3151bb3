import {
  definitionOf,
  elementCount,
  exact,
  float32,
  graphBuilder,
  mapOperands,
  selection,
  uniform,
  type Backend,
  type ConcreteShape,
  type Graph,
  type OpName,
  type Tensor,
  type Tensors,
  type Value,
} from "@isoconv/core-spec";
import { runOracle, type OracleResult } from "@isoconv/backend-reference";

/** One operation on operands of given shapes. */
export interface OpCase {
  readonly op: OpName;
  /** Shapes; a list of shapes for operands that are lists. */
  readonly inputs: Readonly<Record<string, ConcreteShape | readonly ConcreteShape[]>>;
  readonly attrs?: Readonly<Record<string, unknown>>;
  /** Range of an operand's elements; [-1, 1) if left out. */
  readonly ranges?: Readonly<Record<string, readonly [low: number, high: number]>>;
}

/** How the elements of a case's operands are drawn. */
export type Elements = "real" | "lattice" | "special";

export interface Network {
  readonly graph: Graph;
  readonly parameters: Tensors;
  readonly feeds: Tensors;
}

export function labelOf({ op, inputs, attrs = {} }: OpCase): string {
  return `${op} ${JSON.stringify(inputs)} ${JSON.stringify(attrs)}`;
}

/** A graph of the case's one node; all operands but the first come as parameters, or everything is fed. */
export function oneNode(
  { op, inputs, attrs, ranges = {} }: OpCase,
  elements: Elements,
  weights: "parameters" | "fed",
): Network {
  const g = graphBuilder(op);
  const parameters: Record<string, Tensor> = {};
  const feeds: Record<string, Tensor> = {};
  const enter = (name: string, shape: ConcreteShape, [low, high]: readonly [number, number] = [-1, 1]): Value => {
    const first = Object.keys(feeds).length === 0;
    const tensor =
      elements === "lattice"
        ? lattice(name, shape)
        : elements === "special" && first
          ? special(name, shape)
          : random(name, shape, low, high);
    if (first || weights === "fed") {
      feeds[name] = tensor;
      return g.input(name, shape);
    }
    parameters[name] = tensor;
    return g.parameter(name, shape);
  };
  const operands: Record<string, Value | readonly Value[]> = {};
  for (const [name, shape] of Object.entries(inputs)) {
    operands[name] = isShape(shape)
      ? enter(name, shape, ranges[name])
      : shape.map((part, index) => enter(`${name}.${index}`, part, ranges[name]));
  }
  return { graph: g.build({ y: g.apply(op, operands, attrs, "y") }), parameters, feeds };
}

function isShape(shape: ConcreteShape | readonly ConcreteShape[]): shape is ConcreteShape {
  return shape.every((extent) => typeof extent === "number");
}

export function random(name: string, shape: ConcreteShape, low = -1, high = 1): Tensor {
  return float32(shape, uniform(7, name, elementCount(shape), low, high));
}

/** Whole numbers from −2 to 2, whose sums and products are exact in any order. */
export function lattice(name: string, shape: ConcreteShape): Tensor {
  return float32(shape, uniform(7, name, elementCount(shape), -2.5, 2.5).map(Math.round));
}

/** One element in ten is NaN, ∞, −∞ or −0. */
export function special(name: string, shape: ConcreteShape): Tensor {
  const values = [Number.NaN, Infinity, -Infinity, -0];
  const ordinary = uniform(7, name, elementCount(shape), -1, 1);
  const chosen = uniform(9, name, elementCount(shape), 0, 40);
  return float32(
    shape,
    ordinary.map((value, k) => values[Math.floor(chosen[k])] ?? value),
  );
}

/**
 * Runs a network and names what disagrees with the oracle; empty when all is well. `exactly` leaves roundings no room;
 * the sign of a zero is then looked at only where the one operation of the network defines it.
 */
export async function disagreements(backend: Backend, network: Network, exactly = false): Promise<readonly string[]> {
  const { graph, parameters, feeds } = network;
  await using executable = await backend.compile(graph, parameters);
  const results = await executable.run(feeds);
  const expected = await runOracle(graph, parameters, feeds);
  return graph.outputs.flatMap(({ name, value }) => {
    const node = graph.nodes.find((candidate) => candidate.name === value);
    const rule = node === undefined ? exact : ruleOf(graph, node.name, results[name].shape);
    return compare(
      name,
      results[name],
      expected[name],
      exactly && (rule.kind === "rounded" || graph.nodes.length > 1) ? selection : rule,
    );
  });
}

type Rule = ReturnType<ReturnType<typeof definitionOf>["accuracy"]>;

function ruleOf(graph: Graph, name: string, shape: ConcreteShape): Rule {
  const node = graph.nodes.find((candidate) => candidate.name === name);
  if (node === undefined) throw new Error(`no node ${name}`);
  const shapes = new Map(
    [...graph.inputs, ...graph.parameters, ...graph.nodes].map((value) => [value.name, value.shape]),
  );
  const operands = mapOperands<string, readonly (number | "N")[]>(node.inputs, (value) => shapes.get(value) ?? []);
  return definitionOf(node.op).accuracy(operands, node.attrs, shape);
}

const U = 2 ** -24;
const SMALLEST = 2 ** -149;

function compare(name: string, actual: Tensor, expected: OracleResult, rule: Rule): readonly string[] {
  if (actual.shape.join() !== expected.shape.join())
    return [`${name}: shape ${actual.shape.join()}, not ${expected.shape.join()}`];
  if (actual.data.length !== expected.value.length) return [`${name}: ${actual.data.length} elements`];
  const wrong: string[] = [];
  for (const [k, y] of actual.data.entries()) {
    const value = expected.value[k];
    if (!agrees(y, value, expected.magnitude[k], rule)) wrong.push(`${name}[${k}] = ${y}, not ${Math.fround(value)}`);
  }
  return wrong.slice(0, 5);
}

function agrees(y: number, value: number, magnitude: number, rule: Rule): boolean {
  if (rule.kind === "selection") return y === Math.fround(value) || Object.is(y, value);
  if (rule.kind === "exact") return Object.is(y, Math.fround(value));
  if (!Number.isFinite(value)) return Object.is(y, value);
  const bound = U * (rule.value * Math.abs(value) + rule.magnitude * magnitude + rule.absolute) + U * Math.abs(value);
  // A magnitude may reach beyond what the value depends on (lrn's does), and be infinite where the value is not.
  return Number.isFinite(y) && !(Math.abs(y - value) > bound + SMALLEST);
}
