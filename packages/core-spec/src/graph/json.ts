import { IsoconvError } from "../error.js";
import { checkKeys, isRecord } from "../options.js";
import { sameShape, type Shape } from "../shape.js";
import { graphBuilder, type GraphBuilder, type Value } from "./builder.js";
import { checkName, checkOp, checkShape } from "./check.js";
import type { Graph } from "./graph.js";

/** A graph as JSON: the `Graph` itself with a format tag, and with non-finite attributes written as words. */
export interface GraphJson extends Graph {
  readonly format: "isoconv-graph";
  readonly version: 1;
}

const WORDS = new Map<unknown, number>([
  ["Infinity", Infinity],
  ["-Infinity", -Infinity],
  ["-0", -0],
]);

/** A value that `JSON.stringify` keeps exactly; `graphFromJson` reads it. */
export function graphToJson(graph: Graph): GraphJson {
  const nodes = graph.nodes.map((node) => ({ ...node, attrs: mapValues(node.attrs, spell) }));
  return { format: "isoconv-graph", version: 1, ...graph, nodes: nodes as readonly (typeof graph.nodes)[number][] };
}

function spell(value: unknown): unknown {
  if (typeof value !== "number" || (Number.isFinite(value) && !Object.is(value, -0))) return value;
  return Object.is(value, -0) ? "-0" : String(value);
}

function mapValues(record: object, transform: (value: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, transform(value)]));
}

/**
 * Reads a graph from parsed JSON, validating every node as the builder does.
 *
 * @throws IsoconvError `INVALID_GRAPH` for a wrong format, an unknown op, a cycle, a dangling or repeated name;
 *   `INVALID_ATTRIBUTE` for an unknown field, with the nearest name; `INVALID_ATTRIBUTE` and `INVALID_SHAPE` as the
 *   builder.
 */
export function graphFromJson(json: unknown): Graph {
  if (!isRecord(json) || json["format"] !== "isoconv-graph" || json["version"] !== 1) {
    throw invalid("format", "not a graph", '{ "format": "isoconv-graph", "version": 1, … }', json);
  }
  const graph = rebuild(json);
  // A misspelt `attrs` has left every attribute at its default.
  checkKeys(json, ["format", "version", "name", ...Object.keys(FIELDS)], "field", {});
  for (const [key, fields] of Object.entries(FIELDS)) {
    for (const [index, entry] of list(json, key).entries()) {
      checkKeys(entry, fields, "field", { path: `${key}[${index}]` });
    }
  }
  return graph;
}

/** The fields of the entries of a graph's lists. */
const FIELDS = {
  inputs: ["name", "shape"],
  parameters: ["name", "shape"],
  nodes: ["op", "name", "inputs", "attrs", "shape"],
  outputs: ["name", "value"],
} satisfies Record<Exclude<keyof Graph, "name">, readonly string[]>;

/**
 * Validates a graph object of unknown origin by rebuilding it.
 *
 * @throws IsoconvError as `graphFromJson`
 */
export function rebuild(graph: unknown): Graph {
  if (!isRecord(graph)) throw invalid("", "not a graph", "an object", graph);
  const builder = graphBuilder(checkName(graph["name"], "name"));
  const values = new Map<string, Value>();
  for (const [index, entry] of list(graph, "inputs").entries()) {
    const { name, shape } = valueSpec(entry, `inputs[${index}]`);
    values.set(name, builder.input(name, shape));
  }
  for (const [index, entry] of list(graph, "parameters").entries()) {
    const { name, shape } = valueSpec(entry, `parameters[${index}]`);
    values.set(name, builder.parameter(name, shape));
  }
  const nodes = list(graph, "nodes");
  const later = new Set(nodes.map((node) => (isRecord(node) ? node["name"] : undefined)));
  for (const [index, node] of nodes.entries()) addNode(builder, values, later, node, `nodes[${index}]`);
  const outputs = new Map<string, Value>();
  for (const [index, output] of list(graph, "outputs").entries()) {
    const path = `outputs[${index}]`;
    if (!isRecord(output)) throw invalid(path, "not an output", "{ name, value }", output);
    const name = checkName(output["name"], `${path}.name`);
    if (outputs.has(name)) throw invalid(`${path}.name`, "name already taken", "a unique name", name);
    outputs.set(name, lookUp(values, later, output["value"], `${path}.value`));
  }
  return builder.build(outputs);
}

function addNode(
  builder: GraphBuilder,
  values: Map<string, Value>,
  later: Set<unknown>,
  node: unknown,
  path: string,
): void {
  if (!isRecord(node)) throw invalid(path, "not a node", "an object", node);
  const op = node["op"];
  checkOp(op, `${path}.op`);
  const name = checkName(node["name"], `${path}.name`);
  if (!isRecord(node["inputs"]))
    throw invalid(`${path}.inputs`, "operands are not an object", "an object", node["inputs"]);
  const resolved = Object.entries(node["inputs"]).map(([key, operand]) => {
    const where = `${path}.inputs.${key}`;
    const found = Array.isArray(operand)
      ? operand.map((item: unknown, index) => lookUp(values, later, item, `${where}[${index}]`))
      : lookUp(values, later, operand, where);
    return [key, found] as const;
  });
  const attrs = isRecord(node["attrs"])
    ? mapValues(node["attrs"], (value) => WORDS.get(value) ?? value)
    : node["attrs"];
  const output = builder.apply(op, Object.fromEntries(resolved), attrs, name);
  const recorded = node["shape"];
  if (recorded !== undefined && !sameShape(checkShape(recorded, name), output.shape)) {
    throw new IsoconvError("INVALID_SHAPE", {
      op,
      node: name,
      path: `${path}.shape`,
      what: "recorded shape is wrong",
      expected: output.shape.join("×"),
      received: recorded,
    });
  }
  values.set(name, output);
}

function lookUp(values: ReadonlyMap<string, Value>, later: ReadonlySet<unknown>, name: unknown, path: string): Value {
  const value = typeof name === "string" ? values.get(name) : undefined;
  if (value !== undefined) return value;
  const what = later.has(name)
    ? "refers to itself or to a later node: a cycle, or nodes out of order"
    : "refers to nothing";
  throw invalid(path, what, "the name of an input, a parameter or an earlier node", name);
}

function valueSpec(entry: unknown, path: string): { name: string; shape: Shape } {
  if (!isRecord(entry)) throw invalid(path, "not a value", "{ name, shape }", entry);
  const name = checkName(entry["name"], `${path}.name`);
  return { name, shape: checkShape(entry["shape"], name) };
}

function list(graph: Readonly<Record<string, unknown>>, key: string): readonly unknown[] {
  const value = graph[key];
  if (!Array.isArray(value)) throw invalid(key, "not a list", "a list", value);
  return value;
}

function invalid(path: string, what: string, expected: string, received: unknown): IsoconvError {
  return new IsoconvError("INVALID_GRAPH", { path, what, expected, received });
}
