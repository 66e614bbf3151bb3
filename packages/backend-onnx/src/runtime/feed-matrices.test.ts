import { runOracle } from "@isoconv/backend-reference";
import {
  elementCount,
  float32,
  graphBuilder,
  uniform,
  type GraphBuilder,
  type Network,
  type TensorOf,
  type Value,
} from "@isoconv/core-spec";
import { expect, test } from "vitest";
import { feedMatrices } from "./feed-matrices.js";

function random(name: string, shape: readonly number[]): TensorOf<"float32"> {
  return float32(shape, uniform(1, name, elementCount(shape), -1, 1));
}

/** A network over `x` [N, 3, 4] with the parameters `w` [5, 4] and `bias` [5]. */
function network(
  build: (g: GraphBuilder, x: Value, w: Value, bias: Value) => Readonly<Record<string, Value>>,
): Network {
  const g = graphBuilder("net");
  const outputs = build(g, g.input("x", ["N", 3, 4]), g.parameter("w", [5, 4]), g.parameter("bias", [5]));
  return { graph: g.build(outputs), parameters: { w: random("w", [5, 4]), bias: random("bias", [5]) } };
}

/** Two rows of `w`. */
const BLOCK = 32;
const x = random("x", [2, 3, 4]);

async function expectSameResults(original: Network): Promise<void> {
  const { graph, parameters, constants } = feedMatrices(original, BLOCK);
  const used = Object.fromEntries(graph.parameters.map(({ name }) => [name, parameters[name]]));
  const expected = await runOracle(original.graph, original.parameters, { x });
  const results = await runOracle(graph, used, { x, ...constants });
  for (const [name, { value }] of Object.entries(expected)) expect(results[name].value).toEqual(value);
}

test("blocks of rows become inputs and results stay the same", async () => {
  const original = network((g, input, w, bias) => ({
    y: g.linear({ x: input, w, bias }, { activation: "relu" }, "layer"),
    plain: g.linear({ x: input, w }),
  }));
  const layer = ["linear", "linear", "linear", "concat"];
  const { graph, constants } = feedMatrices(original, BLOCK);
  expect(graph.inputs.map(({ shape }) => shape)).toEqual([
    ["N", 3, 4],
    [2, 4],
    [2, 4],
    [1, 4],
  ]);
  expect(Object.values(constants).map(({ shape }) => shape)).toEqual([
    [2, 4],
    [2, 4],
    [1, 4],
  ]);
  expect(graph.nodes.map(({ op }) => op)).toEqual([...layer, ...layer]);
  await expectSameResults(original);
});

test("blocks are views of the parameter", () => {
  const original = network((g, input, w) => ({ y: g.linear({ x: input, w }) }));
  const { constants } = feedMatrices(original, BLOCK);
  expect(Object.values(constants).map(({ data }) => data.byteOffset)).toEqual([0, 32, 64]);
  for (const { data } of Object.values(constants)) expect(data.buffer).toBe(original.parameters["w"].data.buffer);
});

test("a matrix with other uses stays a parameter for those", async () => {
  await expectSameResults(
    network((g, input, w, bias) => ({ y: g.linear({ x: input, w, bias }), w, bias, z: g.relu({ x: w }) })),
  );
});

test("a row larger than a block is a block of its own", () => {
  const original = network((g, input, w) => ({ y: g.linear({ x: input, w }) }));
  expect(Object.keys(feedMatrices(original, 4).constants)).toHaveLength(5);
});

test.for<[string, Network, number]>([
  ["fits a block", network((g, input, w, bias) => ({ y: g.linear({ x: input, w, bias }) })), 80],
  ["is computed", network((g, input, w, bias) => ({ y: g.linear({ x: input, w: g.relu({ x: w }), bias }) })), BLOCK],
  [
    "has a computed bias",
    network((g, input, w, bias) => ({ y: g.linear({ x: input, w, bias: g.relu({ x: bias }) }) })),
    BLOCK,
  ],
])("a matrix that %s stays", ([, original, blockBytes]) => {
  expect(feedMatrices(original, blockBytes)).toEqual({ ...original, constants: {} });
});
