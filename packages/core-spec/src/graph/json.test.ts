import { describe, expect, test } from "vitest";
import { IsoconvError, type ErrorCode } from "../error.js";
import { refusal } from "../op-cases.test.support.js";
import { graphBuilder } from "./builder.js";
import type { Graph } from "./graph.js";
import { graphFromJson, graphToJson, rebuild } from "./json.js";
import { printGraph } from "./print.js";
import { isSealed } from "./seal.js";

function smallGraph(): Graph {
  const g = graphBuilder("net");
  const x = g.input("x", ["N", 2, 4, 4]);
  const w = g.parameter("w", [2, 2, 1, 1]);
  const y = g.conv2d({ x, w }, {}, "conv");
  const padded = g.pad2d({ x: y }, { pads: [1, 0, 0, 0], value: -0 }, "pad");
  const clipped = g.clip({ x: padded }, { max: 1e-7 }, "clip");
  return g.build({ y: g.concat({ xs: [clipped, padded] }, { axis: 1 }, "cat"), x });
}

const throughText = (graph: Graph): Graph => graphFromJson(JSON.parse(JSON.stringify(graphToJson(graph))));

test("a graph comes back from JSON text exactly, −0 and ∞ included", () => {
  const graph = smallGraph();
  const read = throughText(graph);
  expect(read).toEqual(graph);
  expect(read.nodes[1].attrs).toMatchObject({ value: -0 });
  expect(read.nodes[2].attrs).toEqual({ min: -Infinity, max: Math.fround(1e-7) });
  expect(isSealed(read)).toBe(true);
  expect(printGraph(read)).toBe(printGraph(graph));
});

test("a graph whose shapes are not recorded is inferred", () => {
  const { nodes, ...json } = graphToJson(smallGraph());
  const bare = nodes.map(({ op, name, inputs, attrs }) => ({ op, name, inputs, attrs }));
  expect(graphFromJson({ ...json, nodes: bare })).toEqual(smallGraph());
});

/** The JSON of `smallGraph`, loosely typed, for tests to damage. */
interface Damageable {
  [key: string]: unknown;
  inputs: Record<string, unknown>[];
  parameters: Record<string, unknown>[];
  nodes: Record<string, unknown>[];
  outputs: Record<string, unknown>[];
}
const cases: readonly (readonly [string, (json: Damageable) => void, ErrorCode, string])[] = [
  ["no format", (json) => delete json["format"], "INVALID_GRAPH", "format"],
  ["another version", (json) => (json["version"] = 2), "INVALID_GRAPH", "format"],
  ["no name", (json) => delete json["name"], "INVALID_GRAPH", "name"],
  ["no nodes", (json) => delete (json as Partial<Damageable>).nodes, "INVALID_GRAPH", "nodes"],
  ["nodes that are no list", (json) => (json["nodes"] = {} as never), "INVALID_GRAPH", "nodes"],
  ["a node that is no object", (json) => (json.nodes[0] = 3 as never), "INVALID_GRAPH", "nodes[0]"],
  ["an input that is no object", (json) => (json.inputs[0] = [] as never), "INVALID_GRAPH", "inputs[0]"],
  ["an output that is no object", (json) => (json.outputs[0] = null as never), "INVALID_GRAPH", "outputs[0]"],
  ["no outputs", (json) => (json.outputs = []), "INVALID_GRAPH", "outputs"],
  ["an unknown op", (json) => (json.nodes[0]["op"] = "conv3d"), "INVALID_GRAPH", "nodes[0].op"],
  ["a method as op", (json) => (json.nodes[0]["op"] = "hasOwnProperty"), "INVALID_GRAPH", "nodes[0].op"],
  ["an unusable name", (json) => (json.nodes[0]["name"] = "a b"), "INVALID_GRAPH", "nodes[0].name"],
  ["a repeated node name", (json) => (json.nodes[1]["name"] = "conv"), "INVALID_GRAPH", "name"],
  ["a node named as an input", (json) => (json.nodes[3]["name"] = "x"), "INVALID_GRAPH", "name"],
  ["a repeated output name", (json) => (json.outputs[1]["name"] = "y"), "INVALID_GRAPH", "outputs[1].name"],
  [
    "a node that feeds itself",
    (json) => (json.nodes[2]["inputs"] = { x: "clip" }),
    "INVALID_GRAPH",
    "nodes[2].inputs.x",
  ],
  ["a cycle", (json) => (json.nodes[1]["inputs"] = { x: "clip" }), "INVALID_GRAPH", "nodes[1].inputs.x"],
  ["nodes out of order", (json) => (json.nodes = json.nodes.toReversed()), "INVALID_GRAPH", "nodes[0].inputs.xs[0]"],
  ["a dangling operand", (json) => (json.nodes[1]["inputs"] = { x: "z" }), "INVALID_GRAPH", "nodes[1].inputs.x"],
  ["an operand that is no name", (json) => (json.nodes[1]["inputs"] = { x: {} }), "INVALID_GRAPH", "nodes[1].inputs.x"],
  [
    "nested operands",
    (json) => (json.nodes[3]["inputs"] = { xs: [["clip"]] }),
    "INVALID_GRAPH",
    "nodes[3].inputs.xs[0]",
  ],
  ["operands that are no object", (json) => (json.nodes[1]["inputs"] = ["conv"]), "INVALID_GRAPH", "nodes[1].inputs"],
  ["an unknown operand", (json) => (json.nodes[1]["inputs"] = { x: "conv", z: "x" }), "INVALID_GRAPH", "inputs.z"],
  ["a missing operand", (json) => (json.nodes[0]["inputs"] = { x: "x" }), "INVALID_GRAPH", "inputs.w"],
  ["a dangling output", (json) => (json.outputs[0]["value"] = "z"), "INVALID_GRAPH", "outputs[0].value"],
  ["an unknown attribute", (json) => (json.nodes[2]["attrs"] = { limit: 1 }), "INVALID_ATTRIBUTE", "attrs.limit"],
  ["a word for a number", (json) => (json.nodes[2]["attrs"] = { min: "NaN" }), "INVALID_ATTRIBUTE", "attrs.min"],
  [
    "attributes under another name",
    (json) => (json.nodes[2]["attributes"] = { min: 0 }),
    "INVALID_ATTRIBUTE",
    "nodes[2].attributes",
  ],
  [
    "an input with an unknown field",
    (json) => (json.inputs[0]["dtype"] = "float16"),
    "INVALID_ATTRIBUTE",
    "inputs[0].dtype",
  ],
  ["an unknown field", (json) => (json["output"] = []), "INVALID_ATTRIBUTE", "output"],
  ["attributes that are no object", (json) => (json.nodes[2]["attrs"] = 7), "INVALID_ATTRIBUTE", "attrs"],
  ["a wrong recorded shape", (json) => (json.nodes[1]["shape"] = ["N", 2, 4, 4]), "INVALID_SHAPE", "nodes[1].shape"],
  ["a recorded shape that is not a list", (json) => (json.nodes[1]["shape"] = "N"), "INVALID_SHAPE", "shape"],
  ["a symbolic parameter", (json) => (json.parameters[0]["shape"] = ["N"]), "INVALID_SHAPE", "shape[0]"],
  ["another weight shape", (json) => (json.parameters[0]["shape"] = [2, 3, 1, 1]), "INVALID_SHAPE", "inputs.w"],
];

test.each(cases)("JSON with %s is refused", (_what, damage, code, path) => {
  const json = JSON.parse(JSON.stringify(graphToJson(smallGraph()))) as Damageable;
  damage(json);
  expect(refusal(() => graphFromJson(json))).toEqual({ code, path });
});

test("a cycle and a dangling name give different errors", () => {
  const json = JSON.parse(JSON.stringify(graphToJson(smallGraph()))) as Damageable;
  json.nodes[1]["inputs"] = { x: "clip" };
  expect(() => graphFromJson(json)).toThrow(/a cycle, or nodes out of order/);
});

describe("hostile JSON", () => {
  const parse = (text: string): unknown => graphFromJson(JSON.parse(text));
  const withNodes = (nodes: string): string =>
    `{"format":"isoconv-graph","version":1,"name":"n","inputs":[{"name":"x","shape":[1]}],"parameters":[],` +
    `"nodes":${nodes},"outputs":[{"name":"y","value":"x"}]}`;

  test.each<readonly [string, string, ErrorCode, string]>([
    [
      "an operand",
      '[{"op":"relu","name":"r","inputs":{"x":"x","__proto__":"x"},"attrs":{}}]',
      "INVALID_GRAPH",
      "inputs.__proto__",
    ],
    [
      "an attribute",
      '[{"op":"relu","name":"r","inputs":{"x":"x"},"attrs":{"__proto__":{"a":1}}}]',
      "INVALID_ATTRIBUTE",
      "attrs.__proto__",
    ],
    [
      "a node name",
      '[{"op":"relu","name":"__proto__","inputs":{"x":"x"},"attrs":{}}]',
      "INVALID_GRAPH",
      "nodes[0].name",
    ],
    ["an op", '[{"op":"__proto__","name":"r","inputs":{"x":"x"},"attrs":{}}]', "INVALID_GRAPH", "nodes[0].op"],
  ])("__proto__ as %s is refused and pollutes nothing", (_what, nodes, code, path) => {
    expect(refusal(() => parse(withNodes(nodes)))).toEqual({ code, path });
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test("deep nesting is refused wherever it occurs", () => {
    const deep = `${"[".repeat(5000)}${"]".repeat(5000)}`;
    for (const nodes of [
      deep,
      `[{"op":"relu","name":"r","inputs":{"x":${deep}},"attrs":{}}]`,
      `[{"op":"reshape","name":"r","inputs":{"x":"x"},"attrs":{"shape":${deep}}}]`,
    ]) {
      expect(() => parse(withNodes(nodes))).toThrow(IsoconvError);
    }
  });

  test("huge lists are refused quickly", () => {
    const many = JSON.stringify(Array.from({ length: 200_000 }, () => 1));
    expect(() => parse(withNodes(many))).toThrow(IsoconvError);
    expect(() => parse(withNodes(`[{"op":"relu","name":"r","inputs":{"x":${many}},"attrs":{}}]`))).toThrow(
      IsoconvError,
    );
    expect(() => parse(withNodes(`[{"op":"mean","name":"r","inputs":{"x":"x"},"attrs":{"axes":${many}}}]`))).toThrow(
      IsoconvError,
    );
  });

  test.each([null, undefined, 0, "", [], {}, new Map()])("%j is no graph", (json) => {
    expect(refusal(() => graphFromJson(json)).code).toBe("INVALID_GRAPH");
    expect(refusal(() => rebuild(json)).code).toBe("INVALID_GRAPH");
  });
});
