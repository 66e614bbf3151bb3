import { float32, graphBuilder, type Tensor } from "@isoconv/core-spec";
import type { ErrorCase } from "../../plan/case.js";
import { fillNetwork, type FilledNetwork } from "@isoconv/judge";
import { rawCopy, withNode, type RawGraph } from "./raw-graph.js";
import { feedsRefusal, graphRefusal, parametersRefusal, tapsRefusal } from "./refusal.js";
import type { ErrorRequest } from "./request.js";

/** `y = relu(a · w + b)`, where `h` is the product: two inputs with a batch, one parameter, three nodes. */
function validNetwork(): FilledNetwork {
  const g = graphBuilder("error");
  const h = g.linear({ x: g.input("a", ["N", 3]), w: g.parameter("w", [4, 3]) }, {}, "h");
  const y = g.relu({ x: g.add({ a: h, b: g.input("b", ["N", 4]) }, {}, "sum") }, {}, "r");
  return fillNetwork({ graph: g.build({ y }), batch: 2, seed: 1, fills: {} }, { arithmetic: "f32" });
}

/** Invalid graphs, parameters, taps and feeds. */
export function planCallErrors(): readonly ErrorCase[] {
  const network = validNetwork();
  return [...wrongGraphs(network), ...wrongParameters(network), ...wrongTaps(network), ...wrongFeeds(network)];
}

function caseOf(id: string, request: ErrorRequest): ErrorCase {
  return { id, family: "error", ops: ["linear", "add", "relu"], request };
}

function wrongGraphs({ graph, parameters }: FilledNetwork): readonly ErrorCase[] {
  const valid = rawCopy(graph);
  const [h, sum, r] = valid.nodes;
  const [a, b] = valid.inputs;
  const nodes = (...list: RawGraph["nodes"]): RawGraph => ({ ...valid, nodes: list });
  const rows: Readonly<Record<string, object>> = {
    "unknown-op": withNode(valid, (node) => ({ ...node, op: "softplus" })),
    "op-of-the-prototype": withNode(valid, (node) => ({ ...node, op: "toString" })),
    cycle: nodes(h, { ...sum, inputs: { a: "r", b: "b" } }, r),
    "own-result": nodes(h, sum, { ...r, inputs: { x: "r" } }),
    "nodes-out-of-order": nodes(sum, h, r),
    "node-repeated": nodes(h, sum, r, r),
    "node-named-as-input": nodes(h, sum, { ...r, name: "a" }),
    "input-repeated": { ...valid, inputs: [a, b, a] },
    "output-repeated": { ...valid, outputs: [...valid.outputs, ...valid.outputs] },
    "output-of-nothing": { ...valid, outputs: [{ name: "y", value: "nowhere" }] },
    "no-outputs": { ...valid, outputs: [] },
    "outputs-missing": { ...valid, outputs: undefined },
    "nodes-not-a-list": { ...valid, nodes: {} },
    "node-null": { ...valid, nodes: [null] },
    "empty-name": nodes(h, sum, { ...r, name: "" }),
    "name-with-a-line-break": nodes(h, sum, { ...r, name: "r\nr" }),
    "graph-without-a-name": { ...valid, name: undefined },
    "negative-extent": { ...valid, inputs: [a, { ...b, shape: ["N", -4] }] },
    "fractional-extent": { ...valid, inputs: [a, { ...b, shape: ["N", 4.5] }] },
    "batch-not-first": { ...valid, inputs: [a, { ...b, shape: [2, "N"] }] },
    "parameter-with-a-batch": { ...valid, parameters: [{ name: "w", shape: ["N", 3] }] },
    "shape-not-a-list": { ...valid, inputs: [a, { ...b, shape: 4 }] },
    "recorded-shape-wrong": nodes(h, sum, { ...r, shape: ["N", 5] }),
  };
  return Object.entries(rows).map(([name, invalid]) => {
    const id = `error/graph/${name}`;
    return caseOf(id, { step: "compile", graph: invalid, parameters, expected: graphRefusal(id, invalid) });
  });
}

const int32 = ({ shape, data }: Tensor): Tensor => ({ dtype: "int32", shape, data: Int32Array.from(data) });
const cut = (tensor: Tensor): object => ({ ...tensor, data: tensor.data.slice(1) });

/** Invalid tensors for a valid one, by name. */
function wrongTensors(tensor: Tensor): Readonly<Record<string, unknown>> {
  const [rows, columns] = tensor.shape;
  return {
    int32: int32(tensor),
    "int32-data-called-float32": { ...tensor, data: Int32Array.from(tensor.data) },
    "data-too-short": cut(tensor),
    "other-rank": float32([rows * columns], Float32Array.from(tensor.data)),
    "other-extent": float32([rows, columns + 1]),
    "shape-missing": { dtype: "float32", data: tensor.data },
  };
}

function wrongParameters({ graph, parameters }: FilledNetwork): readonly ErrorCase[] {
  const { w } = parameters;
  const rows: Readonly<Record<string, unknown>> = {
    missing: {},
    extra: { ...parameters, v: w },
    "named-otherwise": { weight: w },
    null: null,
    ...Object.fromEntries(Object.entries(wrongTensors(w)).map(([name, wrong]) => [name, { w: wrong }])),
    transposed: { w: float32(w.shape.toReversed(), Float32Array.from(w.data)) },
  };
  return Object.entries(rows).map(([name, invalid]) => {
    const id = `error/parameters/${name}`;
    const expected = parametersRefusal(id, graph, invalid);
    return caseOf(id, { step: "compile", graph: rawCopy(graph), parameters: invalid, expected });
  });
}

function wrongTaps({ graph, parameters }: FilledNetwork): readonly ErrorCase[] {
  const clash = { ...graph, outputs: [...graph.outputs, { name: "h", value: "sum" }] };
  return [
    { name: "unknown", of: graph, taps: ["h", "nowhere"] },
    { name: "name-of-another-output", of: clash, taps: ["h"] },
  ].map(({ name, of, taps }) => {
    const id = `error/taps/${name}`;
    const expected = tapsRefusal(id, of, taps);
    return caseOf(id, { step: "compile", graph: rawCopy(of), parameters, taps, expected });
  });
}

function wrongFeeds({ graph, parameters, feeds }: FilledNetwork): readonly ErrorCase[] {
  const { a, b } = feeds;
  const rows: Readonly<Record<string, unknown>> = {
    missing: { a },
    extra: { ...feeds, c: b },
    null: null,
    "null-tensor": { a, b: null },
    "batches-differ": { a, b: float32([3, 4]) },
    ...Object.fromEntries(Object.entries(wrongTensors(b)).map(([name, wrong]) => [name, { a, b: wrong }])),
    "negative-batch": { a, b: { ...b, shape: [-2, 4] } },
    "symbolic-batch": { a, b: { ...b, shape: ["N", 4] } },
  };
  return Object.entries(rows).map(([name, invalid]) => {
    const id = `error/feeds/${name}`;
    const expected = feedsRefusal(id, graph, invalid);
    return caseOf(id, { step: "run", graph: rawCopy(graph), parameters, feeds: invalid, expected });
  });
}
