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

/** A value of an unfinished graph. */
export interface SketchValue {
  readonly name: string;
  readonly shape: Shape;
  readonly kind: "input" | "parameter" | "node";
  /** An upper limit of the absolute values of its elements. */
  readonly limit: number;
  /** How an unused node is made; it becomes part of the graph with the first node that uses it. */
  readonly from?: Omit<SketchNode, "name">;
}

interface SketchNode {
  readonly op: OpName;
  readonly name: string;
  readonly operands: AnyInputs<SketchValue>;
  readonly attrs: unknown;
}

/** An unfinished graph. `add` accepts only nodes that fit their operands. */
export class Sketch {
  readonly #nodes: SketchNode[] = [];
  readonly #values: SketchValue[] = [];
  #named = 0;

  /** The inputs and nodes, the latest first. */
  get values(): readonly SketchValue[] {
    return this.#values.toReversed();
  }

  /** The parameters that nodes use. */
  get parameters(): readonly SketchValue[] {
    return distinct(this.#nodes.map(({ operands }) => operands)).filter(({ kind }) => kind === "parameter");
  }

  get nodes(): readonly SketchNode[] {
    return this.#nodes;
  }

  /** Creates an unused node of one operand of its shape. */
  computed(op: OpName, operands: AnyInputs<SketchValue>, stem: string, shape: Shape, limit: number): SketchValue {
    this.#named += 1;
    return { name: `${stem}${this.#named}`, shape, kind: "node", limit, from: { op, operands, attrs: {} } };
  }

  /** Creates an unused input or parameter. It becomes part of the graph with the first node that uses it. */
  fresh(kind: "input" | "parameter", stem: string, shape: Shape, limit: number): SketchValue {
    this.#named += 1;
    return { name: `${stem}${this.#named}`, shape, kind, limit };
  }

  /** Adds a node if it fits its operands. Returns whether it does. */
  add(op: OpName, operands: AnyInputs<SketchValue>, attrs: unknown, limit: number, isSmall: (shape: Shape) => boolean) {
    const name = `n${this.#nodes.filter((node) => node.name.startsWith("n")).length + 1}`;
    const shape = inferShape({ op, name, operands, attrs });
    if (shape === undefined || !isSmall(shape)) return false;
    for (const value of distinct([operands])) {
      if (value.kind === "parameter" || this.#values.some((known) => known.name === value.name)) continue;
      if (value.from !== undefined) this.#nodes.push({ name: value.name, ...value.from });
      this.#values.push(value);
    }
    this.#nodes.push({ op, name, operands, attrs });
    this.#values.push({ name, shape, kind: "node", limit });
    return true;
  }

  /** Builds the graph with the named nodes as outputs. */
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

/** The shape of a node's result, or `undefined` if the builder refuses the node. */
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

/** All operands without duplicates. */
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
