import {
  float32,
  listOperands,
  mapOperands,
  rewriteGraph,
  sameShape,
  type Graph,
  type GraphBuilder,
  type Node,
  type Pass,
  type Results,
  type Value,
} from "@isoconv/core-spec";
import { backendFault, executableFault, faultOf, wrapBackend, zeros, type Fault } from "../../faults.js";

const description = (name: string): Omit<Fault, "create"> => ({ name, bug: "A limit", killedBy: ["graph"], ops: [] });

/** A backend whose only pass replaces some operands. */
export function passFault(name: string, run: (graph: Graph) => Graph): Fault {
  const pass: Pass = { name, run: ({ graph, parameters }) => ({ graph: run(graph), parameters }) };
  return faultOf(description(name), () => ({ passes: [pass] }));
}

/** The graph with every operand read through `read`, whose `undefined` keeps it. */
export function rereading(
  graph: Graph,
  read: (
    operand: string,
    index: number,
    g: GraphBuilder,
    valueOf: (name: string) => Value,
    node: Node,
  ) => Value | undefined,
): Graph {
  const indices = new Map(graph.nodes.map(({ name }, index) => [name, index]));
  return rewriteGraph(graph, (node, g, valueOf) => {
    const index = indices.get(node.name) ?? 0;
    const inputs = mapOperands<string, Value>(
      node.inputs,
      (operand) => read(operand, index, g, valueOf, node) ?? valueOf(operand),
    );
    return g.apply(node.op, inputs, node.attrs, node.name);
  });
}

const nothing = (g: GraphBuilder, x: Value): Value => g.clip({ x }, { min: 0, max: 0 });

/** A value is overwritten once `limit` nodes have run since it was made: by the latest value of its shape. */
const keepsFor = (limit: number): Fault =>
  passFault(`keeps-values-for-${limit}-nodes`, (graph) => {
    const made = new Map(graph.nodes.map(({ name }, index) => [name, index]));
    return rereading(graph, (operand, index, _g, valueOf) => {
      const since = index - (made.get(operand) ?? index);
      const latest = graph.nodes[index - 1];
      return since > limit && sameShape(latest.shape, valueOf(operand).shape) ? valueOf(latest.name) : undefined;
    });
  });

/** The nodes after the first `limit` see zeros. */
const nodesUpTo = (limit: number): Fault =>
  passFault(`runs-${limit}-nodes`, (graph) =>
    rereading(graph, (operand, index, g, valueOf) => (index === limit ? nothing(g, valueOf(operand)) : undefined)),
  );

/** A count of readers that ends at `limit` frees the value too early. */
const readersUpTo = (limit: number): Fault =>
  passFault(`counts-${limit}-readers`, (graph) => {
    const counts = new Map<string, number>();
    return rereading(graph, (operand, _index, g, valueOf) => {
      const count = (counts.get(operand) ?? 0) + 1;
      counts.set(operand, count);
      return count > limit ? nothing(g, valueOf(operand)) : undefined;
    });
  });

/** A concat joins `limit` operands; the places of the others stay empty. */
const operandsUpTo = (limit: number): Fault =>
  passFault(`joins-${limit}-operands`, (graph) =>
    rewriteGraph(graph, (node, g, valueOf) => {
      if (node.op !== "concat") return undefined;
      const xs = node.inputs.xs.map((name, k) => (k < limit ? valueOf(name) : nothing(g, valueOf(name))));
      return g.concat({ xs }, node.attrs, node.name);
    }),
  );

/** The outputs after the first `limit` are empty. */
const outputsUpTo = (limit: number): Fault =>
  executableFault(description(`has-${limit}-outputs`), (inner) => ({
    run: async (feeds, options) => {
      const results = await inner.run(feeds, options);
      const entries = Object.entries(results).map(([name, tensor], k): [string, Results[string]] => [
        name,
        k < limit ? tensor : float32(tensor.shape, zeros(tensor.shape).data),
      ]);
      return Object.fromEntries(entries);
    },
  }));

/** What is fed or fixed after the first `limit` is read as the first of its shape. */
const entriesUpTo = (limit: number, kind: "inputs" | "parameters"): Fault =>
  passFault(`binds-${limit}-${kind}`, (graph) => {
    const positions = new Map(graph[kind].map(({ name }, k) => [name, k]));
    const read = (operand: string, valueOf: (name: string) => Value): Value | undefined => {
      const alike = graph[kind].find(({ shape }) => sameShape(shape, valueOf(operand).shape));
      return (positions.get(operand) ?? 0) >= limit && alike !== undefined ? valueOf(alike.name) : undefined;
    };
    return rereading(graph, (operand, _index, _g, valueOf) => read(operand, valueOf));
  });

/** A parameter is given to its first `limit` users. */
const sharersUpTo = (limit: number): Fault =>
  passFault(`shares-a-parameter-by-${limit}`, (graph) => {
    const isParameter = new Set(graph.parameters.map(({ name }) => name));
    const users = new Map<string, Set<string>>();
    return rereading(graph, (operand, _index, g, valueOf, node) => {
      if (!isParameter.has(operand)) return undefined;
      const known = users.get(operand) ?? new Set();
      users.set(operand, known.add(node.name));
      return known.size > limit ? nothing(g, valueOf(operand)) : undefined;
    });
  });

/** Names are cut to `length` characters, so that long names with one beginning are one value. */
const namesUpTo = (length: number): Fault =>
  namesThrough(`names-of-${length}-characters`, (name) => name.slice(0, length));

/** A table of values under changed names: what has the name of an earlier value of its shape is that value. */
export const namesThrough = (name: string, change: (name: string) => string): Fault =>
  passFault(name, (graph) => {
    const first = new Map<string, string>();
    for (const each of [...graph.inputs, ...graph.parameters, ...graph.nodes]) {
      const key = change(each.name);
      if (!first.has(key)) first.set(key, each.name);
    }
    return rereading(graph, (operand, _index, _g, valueOf) => {
      const other = first.get(change(operand));
      if (other === undefined || other === operand) return undefined;
      return sameShape(valueOf(other).shape, valueOf(operand).shape) ? valueOf(other) : undefined;
    });
  });

/** Refuses to compile some graphs. */
export const refusing = (name: string, isRefused: (graph: Graph) => boolean): Fault =>
  backendFault(description(name), (inner) =>
    wrapBackend(inner, {
      compile: async (graph, parameters, options) => {
        if (isRefused(graph)) throw new TypeError(`${name}: cannot read properties of undefined`);
        return inner.compile(graph, parameters, options);
      },
    }),
  );

/** Refuses feeds that no node and no output reads. */
export const prunesInputs: Fault = executableFault(description("prunes-inputs"), (inner, { graph }) => ({
  run: async (feeds, options) => {
    const read = new Set([
      ...graph.nodes.flatMap(({ inputs }) => listOperands<string>(inputs)),
      ...graph.outputs.map(({ value }) => value),
    ]);
    const unknown = Object.keys(feeds).find((name) => !read.has(name));
    if (unknown !== undefined) throw new TypeError(`invalid input "${unknown}"`);
    return inner.run(feeds, options);
  },
}));

/** Faults behind a limit, with the globs of the cases that are meant to find them. */
export const limitFaults: readonly (readonly [filter: string, faults: readonly Fault[]])[] = [
  ["graph/deep/**", [8, 16, 64, 100].map(keepsFor)],
  ["graph/deep/**", [16, 64, 128, 256].map(nodesUpTo)],
  ["graph/wide/**", [2, 8, 16, 32, 64].map(operandsUpTo)],
  ["graph/shared-value/**", [2, 4, 8, 16, 32].map(readersUpTo)],
  ["graph/outputs/**", [1, 4, 8, 16, 32, 64].map(outputsUpTo)],
  ["graph/inputs/**", [4, 8, 16, 32, 64].map((limit) => entriesUpTo(limit, "inputs"))],
  ["graph/parameters/**", [4, 8, 16, 32, 64].map((limit) => entriesUpTo(limit, "parameters"))],
  ["graph/shared-parameter/**", [1, 2, 5].map(sharersUpTo)],
  ["graph/names/**", [63, 128, 254, 255].map(namesUpTo)],
];
