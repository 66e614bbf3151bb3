import { runOracle } from "@isoconv/backend-reference";
import {
  float32,
  graphBuilder,
  graphFromJson,
  graphToJson,
  mapOperands,
  shapesOf,
  type Backend,
  type Graph,
  type Tensors,
  type ValueSpec,
} from "@isoconv/core-spec";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { modules } from "./node.js";
import { backendsOn, runsAnywhere } from "./table.js";

/** Names that objects sort first, convert or inherit, and arbitrary names. */
const nameArbitrary = fc.oneof(
  fc.constantFrom("0", "1", "10", "-1", "1.0", "4294967294", "constructor", "toString", "hasOwnProperty", "valueOf"),
  fc.stringMatching(/^[\w./:-]{1,12}$/).filter((name) => name !== "__proto__"),
);
const tensors = {
  x1: float32([1, 2, 2, 2], [3, 1, 4, 1, 5, 9, 2, 6]),
  x0: float32([1, 2, 2, 2], [1, -2, 3, -4, 5, -6, 7, -8]),
  w: float32([2, 2, 1, 1], [1, 2, 3, -4]),
  mean: float32([2], [1, 2]),
  variance: float32([2], [3, 3]),
};

/** With ε = 1 the standard deviation is 2, so every result is exact with and without folding and fusion. */
function plainGraph(): Graph {
  const g = graphBuilder("plain");
  const [x1, x0] = ["x1", "x0"].map((name) => g.input(name, ["N", 2, 2, 2]));
  const [variance, mean] = ["variance", "mean"].map((name) => g.parameter(name, [2]));
  const conv = g.conv2d({ x: x0, w: g.parameter("w", [2, 2, 1, 1]) }, {}, "conv");
  const act = g.relu({ x: g.batchNorm({ x: conv, mean, variance }, { epsilon: 1 }, "norm") }, {}, "act");
  return g.build({ y: g.add({ a: g.dropout({ x: act }, {}, "drop"), b: x1 }, {}, "sum") });
}

const plain = plainGraph();
const values = [...shapesOf(plain).keys()];

/** The graph with other names. The outputs are names and values of the original graph. */
function renamed(nameOf: (value: string) => string, outputs: readonly (readonly [string, string])[]): Graph {
  const { inputs, parameters, nodes, ...rest } = graphToJson(plain);
  return graphFromJson({
    ...rest,
    inputs: inputs.map(({ name, shape }) => ({ name: nameOf(name), shape })),
    parameters: parameters.map(({ name, shape }) => ({ name: nameOf(name), shape })),
    nodes: nodes.map((node) => ({ ...node, name: nameOf(node.name), inputs: mapOperands(node.inputs, nameOf) })),
    outputs: outputs.map(([name, value]) => ({ name, value: nameOf(value) })),
  });
}

function pick(specs: readonly ValueSpec[], nameOf: (value: string) => string): Tensors {
  const own = Object.entries(tensors).map(([value, tensor]) => [nameOf(value), tensor] as const);
  return Object.fromEntries(own.filter(([name]) => specs.some((spec) => spec.name === name)));
}

const drawn = fc.record({
  names: fc.uniqueArray(nameArbitrary, { minLength: values.length, maxLength: values.length }),
  outputs: fc.uniqueArray(fc.tuple(nameArbitrary, fc.constantFrom(...values)), {
    selector: ([name]) => name,
    minLength: 1,
    maxLength: 4,
  }),
  taps: fc.oneof(fc.constant<string[]>([]), fc.shuffledSubarray(values)),
  isParsed: fc.boolean(),
});

describe.each(backendsOn("node").filter(runsAnywhere))("$id", ({ id }) => {
  let backend: Backend;
  let expected: Awaited<ReturnType<typeof runOracle>>;
  beforeAll(async () => {
    backend = await (await modules[id]()).createBackend();
    const same = (value: string): string => value;
    expected = await runOracle(plain, pick(plain.parameters, same), pick(plain.inputs, same), { taps: values });
  });
  afterAll(() => backend.dispose());

  it("returns outputs and taps under their names, for any names of values", async () => {
    await fc.assert(
      fc.asyncProperty(drawn, async ({ names, outputs, taps, isParsed }) => {
        const nameOf = (value: string): string => names[values.indexOf(value)];
        const built = renamed(nameOf, outputs);
        const graph = isParsed ? graphFromJson(JSON.parse(JSON.stringify(graphToJson(built)))) : built;
        const returned = new Map(outputs);
        const tapped = taps.filter((value) => !returned.has(nameOf(value)));
        for (const value of tapped) returned.set(nameOf(value), value);
        const options = { taps: tapped.map(nameOf) };
        await using executable = await backend.compile(graph, pick(graph.parameters, nameOf), options);
        expect(executable.graph.outputs.map(({ name }) => name)).toEqual([...returned.keys()]);
        for (let run = 0; run < 2; run += 1) {
          const results = await executable.run(pick(graph.inputs, nameOf));
          expect(Object.keys(results).toSorted()).toEqual([...returned.keys()].toSorted());
          for (const [name, value] of returned) {
            const { shape, data } = results[name];
            const wanted = expected[value];
            expect([name, value, ...shape, ...data]).toEqual([name, value, ...wanted.shape, ...wanted.value]);
          }
        }
      }),
      { numRuns: 40, seed: 1 },
    );
  });
});
