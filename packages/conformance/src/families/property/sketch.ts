import {
  graphBuilder,
  isIsoconvError,
  mapOperands,
  type AnyInputs,
  type Graph,
  type OpName,
  type Shape,
  type Value,
} from "@isoconv/core-spec";

/** A value of a graph in the making. */
export interface SketchValue {
  readonly name: string;
  readonly shape: Shape;
  readonly kind: "input" | "parameter" | "node";
  /** No element is larger. */
  readonly limit: number;
}

interface SketchNode {
  readonly op: OpName;
  readonly name: string;
  readonly operands: AnyInputs<SketchValue>;
  readonly attrs: unknown;
}

/** A graph in the making, whose nodes may turn out not to fit: only what fits gets into it. */
export class Sketch {
  readonly #nodes: SketchNode[] = [];
  readonly #values: SketchValue[] = [];
  #named = 0;

  /** Inputs and nodes so far, the latest first. */
  get values(): readonly SketchValue[] {
    return this.#values.toReversed();
  }

  get nodes(): readonly SketchNode[] {
    return this.#nodes;
  }

  /** A value nothing has used yet. It gets into the graph with the node that does. */
  fresh(kind: "input" | "parameter", stem: string, shape: Shape, limit: number): SketchValue {
    this.#named += 1;
    return { name: `${stem}${this.#named}`, shape, kind, limit };
  }

  /** Adds a node if it fits its operands; says whether it does. */
  add(op: OpName, operands: AnyInputs<SketchValue>, attrs: unknown, limit: number, isSmall: (shape: Shape) => boolean) {
    const name = `n${this.#nodes.length + 1}`;
    const shape = inferShape({ op, name, operands, attrs });
    if (shape === undefined || !isSmall(shape)) return false;
    for (const value of distinct([operands])) {
      if (value.kind === "input" && !this.#values.some((known) => known.name === value.name)) this.#values.push(value);
    }
    this.#nodes.push({ op, name, operands, attrs });
    this.#values.push({ name, shape, kind: "node", limit });
    return true;
  }

  /** The graph, with the named nodes as outputs under their own names. */
  build(name: string, outputs: readonly string[]): Graph {
    const g = graphBuilder(name);
    const values = enter(g, distinct(this.#nodes.map(({ operands }) => operands)));
    for (const { op, name: node, operands, attrs } of this.#nodes) {
      const resolved = mapOperands<SketchValue, Value>(operands, (value) => find(values, value.name));
      values.set(node, g.apply(op, resolved, attrs, node));
    }
    return g.build(outputs.map((output) => [output, find(values, output)] as const));
  }
}

/** The shape of a node's result; `undefined` when the builder refuses it. */
function inferShape({ op, name, operands, attrs }: SketchNode): Shape | undefined {
  const g = graphBuilder("fit");
  const values = new Map(
    distinct([operands]).map((value) => [
      value.name,
      value.kind === "parameter" ? g.parameter(value.name, value.shape) : g.input(value.name, value.shape),
    ]),
  );
  try {
    const resolved = mapOperands<SketchValue, Value>(operands, (value) => find(values, value.name));
    return g.apply(op, resolved, attrs, name).shape;
  } catch (error) {
    if (isIsoconvError(error)) return undefined;
    throw error;
  }
}

function enter(g: ReturnType<typeof graphBuilder>, values: readonly SketchValue[]): Map<string, Value> {
  const entered = new Map<string, Value>();
  for (const { name, shape, kind } of values) {
    if (kind === "input") entered.set(name, g.input(name, shape));
    if (kind === "parameter") entered.set(name, g.parameter(name, shape));
  }
  return entered;
}

/** Every operand once. */
function distinct(operands: readonly AnyInputs<SketchValue>[]): readonly SketchValue[] {
  const values = new Map<string, SketchValue>();
  for (const each of operands) mapOperands<SketchValue, void>(each, (value) => void values.set(value.name, value));
  return [...values.values()];
}

function find(values: ReadonlyMap<string, Value>, name: string): Value {
  const value = values.get(name);
  if (value === undefined) throw new Error(`no value "${name}"`);
  return value;
}
