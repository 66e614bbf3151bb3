import { checkEngine } from "../engine.js";
import { IsoconvError } from "../error.js";
import type { AnyInputs } from "../op.js";
import { isRecord } from "../options.js";
import { mapOperands, opNames, type AttrsInput, type Inputs, type OpName } from "../registry.js";
import type { Shape } from "../shape.js";
import { checkCall, checkConcrete, checkName, checkShape } from "./check.js";
import type { Graph, Node, ValueSpec } from "./graph.js";
import { createNode } from "./node.js";
import { outputEntries, type Outputs } from "./outputs.js";
import { sealGraph } from "./seal.js";

/** A handle on a value of the graph under construction. */
export interface Value {
  readonly name: string;
  readonly shape: Shape;
}

type AttrsArgument<K extends OpName> =
  Record<never, never> extends AttrsInput<K>
    ? [attrs?: AttrsInput<K>, name?: string]
    : [attrs: AttrsInput<K>, name?: string];

type OpMethods = {
  /** Adds a node; it is named `name`, or after the operation. */
  readonly [K in OpName]: (inputs: Inputs<K, Value>, ...attrs: AttrsArgument<K>) => Value;
};

/** Builds a graph node by node and validates each one. It has one method per operation, derived from the registry. */
export interface GraphBuilder extends OpMethods {
  /** A value that the caller feeds. The first extent may be `"N"`. */
  input(name: string, shape: Shape): Value;
  /** A value fixed when the graph is compiled. */
  parameter(name: string, shape: Shape): Value;
  /**
   * Adds a node of an operation whose name, operands and attributes are known only at run time; it validates them too.
   */
  apply(op: OpName, inputs: AnyInputs<Value>, attrs?: unknown, name?: string): Value;
  /** A name starting with `stem` that no value has. Never returns the same name twice. */
  freshName(stem: string): string;
  /**
   * The finished graph, with its outputs in the order given.
   *
   * @throws IsoconvError `INVALID_GRAPH` in the cases listed at `Outputs`, and for a value of another graph
   */
  build(outputs: Outputs<Value>): Graph;
}

const LONGEST_STEM = 240;

/**
 * Starts an empty graph. `freshName` avoids the names in `reserved`: those of nodes added later.
 *
 * @throws IsoconvError `INVALID_GRAPH` for an unusable name
 */
export function graphBuilder(graphName: string, reserved: ReadonlySet<string> = new Set()): GraphBuilder {
  checkEngine();
  checkName(graphName, "name");
  const inputs: ValueSpec[] = [];
  const parameters: ValueSpec[] = [];
  const nodes: Node[] = [];
  const values = new Map<string, Value>();
  const lastSuffix = new Map<string, number>();

  const define = (name: string, shape: Shape): Value => {
    if (values.has(name)) {
      throw new IsoconvError("INVALID_GRAPH", {
        node: name,
        path: "name",
        what: "name already taken",
        expected: "a unique name",
        received: name,
      });
    }
    const value = Object.freeze({ name, shape });
    values.set(name, value);
    return value;
  };
  const enter = (list: ValueSpec[], kind: string, check: typeof checkShape, name: string, shape: Shape): Value => {
    const value = define(checkName(name, kind), check(shape, name));
    list.push(value);
    return value;
  };
  const resolve = (value: unknown, path: string, node: string): Value => {
    const named = isRecord(value) && typeof value["name"] === "string" ? values.get(value["name"]) : undefined;
    if (named !== undefined && named === value) return named;
    throw new IsoconvError("INVALID_GRAPH", {
      node,
      path,
      what: "not a value of this graph",
      expected: "what this builder returned",
      received: value,
    });
  };
  const promised = new Set(reserved);
  const freeName = (longStem: string): string => {
    const stem = longStem.slice(0, LONGEST_STEM);
    let suffix = lastSuffix.get(stem) ?? 0;
    let name = suffix === 0 ? stem : `${stem}_${suffix}`;
    while (values.has(name) || promised.has(name)) {
      suffix += 1;
      name = `${stem}_${suffix}`;
    }
    lastSuffix.set(stem, suffix);
    return name;
  };
  const freshName = (stem: string): string => {
    const name = freeName(stem);
    promised.add(name);
    return name;
  };
  const apply = (op: OpName, operands: AnyInputs<Value>, attrs?: unknown, name?: string): Value => {
    checkCall(op, operands);
    const nodeName = name === undefined ? freeName(op) : checkName(name, "name");
    const resolved = mapOperands(operands, (value, path) => resolve(value, path, nodeName));
    const node = createNode(op, nodeName, resolved, attrs);
    const output = define(node.name, node.shape);
    nodes.push(node);
    return output;
  };
  const build = (outputs: Outputs<Value>): Graph =>
    sealGraph({
      name: graphName,
      inputs: [...inputs],
      parameters: [...parameters],
      nodes: [...nodes],
      outputs: outputEntries(outputs).map(([name, value]) =>
        Object.freeze({ name, value: resolve(value, `outputs.${name}`, graphName).name }),
      ),
    });

  const methods = opMethods(apply);
  return {
    ...methods,
    input: (name, shape) => enter(inputs, "inputs", checkShape, name, shape),
    parameter: (name, shape) => enter(parameters, "parameters", checkConcrete, name, shape),
    apply,
    freshName,
    build,
  };
}

type Apply = GraphBuilder["apply"];

function opMethods(apply: Apply): OpMethods {
  const methods: Partial<Record<OpName, (operands: AnyInputs<Value>, attrs?: unknown, name?: string) => Value>> = {};
  for (const op of opNames) methods[op] = (operands, attrs, name) => apply(op, operands, attrs, name);
  return methods as OpMethods;
}
