import { IsoconvError } from "../error.js";
import type { AnyInputs } from "../op.js";
import { mapOperands, opNames, type AttrsInput, type Inputs, type OpName } from "../registry.js";
import type { Dim, Shape } from "../shape.js";
import type { Graph, Node, ValueSpec } from "./graph.js";
import { checkSize, createNode, isRecord } from "./node.js";
import { sealGraph } from "./seal.js";

/** A handle on a value of the graph under construction. */
export interface Value {
  readonly name: string;
  readonly shape: Shape;
}

type AttrsArgument<K extends OpName> =
  Partial<AttrsInput<K>> extends AttrsInput<K>
    ? [attrs?: AttrsInput<K>, name?: string]
    : [attrs: AttrsInput<K>, name?: string];

type OpMethods = {
  /** Adds a node; it is named `name`, or after the operation. */
  readonly [K in OpName]: (inputs: Inputs<K, Value>, ...attrs: AttrsArgument<K>) => Value;
};

/** Builds a graph node by node, validating as it goes: one method an operation, derived from the registry. */
export interface GraphBuilder extends OpMethods {
  /** A value the caller feeds. The first extent may be `"N"`. */
  input(name: string, shape: Shape): Value;
  /** A value fixed when the graph is compiled. */
  parameter(name: string, shape: Shape): Value;
  /** Adds a node of an operation, operands and attributes known only at run time; validated all the same. */
  apply(op: OpName, inputs: AnyInputs<Value>, attrs?: unknown, name?: string): Value;
  /** A node name not yet taken, made from `stem`. */
  freshName(stem: string): string;
  /** The finished graph. Outputs are named by the keys. */
  build(outputs: Readonly<Record<string, Value>>): Graph;
}

/** PyTorch's dotted paths, slashes and colons; nothing a report, a file or a prototype could trip over. */
const NAME = /^(?!__proto__$)[\w./:-]{1,256}$/;

/** @throws IsoconvError `INVALID_GRAPH` */
export function checkName(name: unknown, path: string): string {
  if (typeof name === "string" && NAME.test(name)) return name;
  throw new IsoconvError("INVALID_GRAPH", {
    path,
    what: "not a usable name",
    expected: "1 to 256 letters, digits or . _ / : -",
    received: name,
  });
}

/** Starts an empty graph. */
export function graphBuilder(graphName: string): GraphBuilder {
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
        what: "name already taken",
        expected: "a unique name",
        received: name,
      });
    }
    const value = Object.freeze({ name, shape });
    values.set(name, value);
    return value;
  };
  const enter = (list: ValueSpec[], kind: string, name: string, shape: Shape): Value => {
    const value = define(checkName(name, kind), checkShape(shape, name));
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
  const freshName = (stem: string): string => {
    let suffix = lastSuffix.get(stem) ?? 0;
    let name = suffix === 0 ? stem : `${stem}_${suffix}`;
    while (values.has(name)) {
      suffix += 1;
      name = `${stem}_${suffix}`;
    }
    lastSuffix.set(stem, suffix);
    return name;
  };
  const apply = (op: OpName, operands: AnyInputs<Value>, attrs?: unknown, name?: string): Value => {
    const nodeName = name === undefined ? freshName(op) : checkName(name, "name");
    const resolved = mapOperands(operands, (value, path) => resolve(value, path, nodeName));
    const node = createNode(op, nodeName, resolved, attrs);
    const output = define(node.name, node.shape);
    nodes.push(node);
    return output;
  };
  const build = (outputs: Readonly<Record<string, Value>>): Graph =>
    sealGraph({
      name: graphName,
      inputs: [...inputs],
      parameters: [...parameters],
      nodes: [...nodes],
      outputs: checkOutputs(outputs, (value, path) => resolve(value, path, graphName).name),
    });

  const methods = opMethods(apply);
  return {
    ...methods,
    input: (name, shape) => enter(inputs, "inputs", name, shape),
    parameter: (name, shape) => {
      if (shape.includes("N")) {
        throw new IsoconvError("INVALID_SHAPE", {
          node: name,
          what: "a parameter has no batch",
          expected: "known extents",
          received: shape,
        });
      }
      return enter(parameters, "parameters", name, shape);
    },
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

/** @throws IsoconvError `INVALID_SHAPE` when an extent is not a count, or is symbolic beyond the first. */
export function checkShape(shape: unknown, node: string): Shape {
  if (!Array.isArray(shape) || shape.length > 8) {
    throw new IsoconvError("INVALID_SHAPE", {
      node,
      path: "shape",
      what: "not a shape",
      expected: "at most 8 extents",
      received: shape,
    });
  }
  const checked = shape.map((extent: unknown, axis): Dim => {
    if (extent === "N" && axis === 0) return "N";
    if (typeof extent === "number" && Number.isSafeInteger(extent) && extent >= 0) return extent;
    const expected = axis === 0 ? 'an integer ≥ 0 or "N"' : "an integer ≥ 0";
    throw new IsoconvError("INVALID_SHAPE", {
      node,
      path: `shape[${axis}]`,
      what: "not an extent",
      expected,
      received: extent,
    });
  });
  return Object.freeze(checkSize(checked, { node }));
}

function checkOutputs<V>(
  outputs: Readonly<Record<string, V>>,
  nameOf: (value: V, path: string) => string,
): Graph["outputs"] {
  const entries = Object.entries(outputs);
  if (entries.length === 0) {
    throw new IsoconvError("INVALID_GRAPH", {
      path: "outputs",
      what: "a graph without outputs",
      expected: "at least one",
      received: 0,
    });
  }
  return entries.map(([name, value]) =>
    Object.freeze({ name: checkName(name, "outputs"), value: nameOf(value, `outputs.${name}`) }),
  );
}
