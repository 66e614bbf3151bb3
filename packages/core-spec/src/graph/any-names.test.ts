import fc from "fast-check";
import { expect, test } from "vitest";
import { exposeValues, prepareGraph } from "../backend/prepare.js";
import { capabilities } from "../backend/toy-backend.test.support.js";
import { decompositions } from "../decompositions/index.js";
import { refusal } from "../op-cases.test.support.js";
import { decompose } from "../passes/decompose.js";
import { defaultPasses, runPasses } from "../passes/index.js";
import type { Pass } from "../passes/pass.js";
import { opNames, type OpName } from "../registry.js";
import { float32, type Tensor } from "../tensor.js";
import { graphBuilder, type Value } from "./builder.js";
import { graphFromJson, graphToJson } from "./json.js";
import { printGraph } from "./print.js";
import { selectOutputs } from "./select-outputs.js";

/** Names that objects reorder, convert or inherit, and arbitrary ones. */
const nameArbitrary = fc.oneof(
  fc.constantFrom("0", "1", "10", "-1", "1.0", "4294967294", "1e3", "constructor", "toString", "hasOwnProperty"),
  fc.constantFrom("valueOf", "prototype", "length", "name", "then", "isPrototypeOf", "NaN", "undefined"),
  fc.stringMatching(/^[\w./:-]{1,12}$/).filter((name) => name !== "__proto__"),
);
const ROLES = ["x0", "x1", "w", "mean", "variance", "conv", "norm", "act", "drop", "silu", "sum"] as const;
type Role = (typeof ROLES)[number];

const drawArbitrary = fc.record({
  names: fc.uniqueArray(nameArbitrary, { minLength: ROLES.length, maxLength: ROLES.length }),
  outputs: fc.uniqueArray(fc.tuple(nameArbitrary, fc.constantFrom(...ROLES)), {
    selector: ([name]) => name,
    minLength: 1,
    maxLength: 5,
  }),
  taps: fc.shuffledSubarray([...ROLES]),
});
type Draw = typeof drawArbitrary extends fc.Arbitrary<infer T> ? T : never;

/**
 * A graph with work for every pass: a batch norm to fold, an activation to fuse, a dropout to remove, an op to
 * decompose.
 */
function networkOf({ names, outputs, taps }: Draw) {
  const name = (role: Role): string => names[ROLES.indexOf(role)];
  const g = graphBuilder(names[0]);
  const values = new Map<Role, Value>();
  const keep = (role: Role, value: Value): Value => {
    values.set(role, value);
    return value;
  };
  const x1 = keep("x1", g.input(name("x1"), ["N", 2, 2, 2]));
  const x0 = keep("x0", g.input(name("x0"), ["N", 2, 2, 2]));
  const variance = keep("variance", g.parameter(name("variance"), [2]));
  const w = keep("w", g.parameter(name("w"), [2, 2, 1, 1]));
  const mean = keep("mean", g.parameter(name("mean"), [2]));
  const conv = keep("conv", g.conv2d({ x: x0, w }, {}, name("conv")));
  const norm = keep("norm", g.batchNorm({ x: conv, mean, variance }, { epsilon: 1 }, name("norm")));
  const act = keep("act", g.relu({ x: norm }, {}, name("act")));
  const drop = keep("drop", g.dropout({ x: act }, {}, name("drop")));
  const silu = keep("silu", g.silu({ x: x1 }, {}, name("silu")));
  keep("sum", g.add({ a: drop, b: silu }, {}, name("sum")));
  const declared = outputs.map(([output, role]) => ({ name: output, value: name(role) }));
  const taken = new Set(outputs.map(([output]) => output));
  const tensors: readonly (readonly [Role, Tensor])[] = [
    ["w", float32([2, 2, 1, 1], [1, 2, 3, 4])],
    ["mean", float32([2], [1, 2])],
    ["variance", float32([2], [3, 3])],
  ];
  return {
    graph: g.build(outputs.map(([output, role]) => [output, values.get(role)!] as const)),
    parameters: Object.fromEntries(tensors.map(([role, tensor]) => [name(role), tensor])),
    inputs: [name("x1"), name("x0")],
    declared,
    taps: taps.map(name).filter((tap) => !taken.has(tap)),
  };
}

const decomposeAll = decompose(new Set(Object.keys(decompositions) as OpName[]));
const native = Object.fromEntries(opNames.map((op) => [op, "native"])) as Record<OpName, "native">;
const everyOp = { ...capabilities, ops: native };
const alone: readonly (readonly Pass[])[] = [...defaultPasses, decomposeAll].map((pass) => [pass]);

test("names of any kind keep their values and their order through JSON, taps and every pass", () => {
  fc.assert(
    fc.property(drawArbitrary, (draw) => {
      const { graph, parameters, inputs, declared, taps } = networkOf(draw);
      expect(graph.outputs).toEqual(declared);
      expect(graphFromJson(JSON.parse(JSON.stringify(graphToJson(graph))))).toEqual(graph);
      const tapped = exposeValues(graph, taps);
      const exposed = [...declared, ...taps.map((tap) => ({ name: tap, value: tap }))];
      expect(tapped.outputs).toEqual(exposed);
      for (const passes of [...alone, defaultPasses]) {
        const after = runPasses({ graph: tapped, parameters }, passes);
        expect(after.graph.inputs.map(({ name }) => name)).toEqual(inputs);
        expect(after.graph.outputs.map(({ name }) => name)).toEqual(exposed.map(({ name }) => name));
        for (const { name } of after.graph.parameters) expect(Object.hasOwn(after.parameters, name)).toBe(true);
        expect(graphFromJson(graphToJson(after.graph))).toEqual(after.graph);
      }
      const prepared = prepareGraph(graph, parameters, { taps }, everyOp, defaultPasses);
      expect(prepared.written).toEqual(tapped);
      expect(prepared.graph.outputs.map(({ name }) => name)).toEqual(exposed.map(({ name }) => name));
      const reversed = declared.toReversed();
      const selected = selectOutputs(
        graph,
        reversed.map(({ name, value }) => [name, value] as const),
      );
      expect(selected.outputs).toEqual(reversed);
      expect(
        printGraph(selected)
          .split("\n")
          .filter((line) => line.startsWith("  output ")),
      ).toEqual(reversed.map(({ name, value }) => `  output ${name} = ${value}`));
    }),
    { numRuns: 300, seed: 1 },
  );
});

test("a name is usable everywhere or refused everywhere", () => {
  const anything = fc.oneof(
    fc.constantFrom("", "__proto__", " ", "0", "-0", "a b", "é", "x".repeat(257)),
    fc.string({ unit: "grapheme", maxLength: 8 }),
    nameArbitrary,
  );
  fc.assert(
    fc.property(anything, (name) => {
      const places: readonly (() => unknown)[] = [
        () => graphBuilder(name),
        () => graphBuilder("g").input(name, [1]),
        () => graphBuilder("g").parameter(name, [1]),
        () => unary((g, x) => g.build({ y: g.relu({ x }, {}, name) })),
        () => unary((g, x) => g.build([[name, x]])),
        () => unary((g, x) => g.build(Object.fromEntries([[name, x]]))),
        () =>
          selectOutputs(
            unary((g, x) => g.build({ x })),
            [[name, "a-value"]],
          ),
        () => graphFromJson(renamed(name)),
      ];
      const usable = /^[\w./:-]{1,256}$/.test(name) && name !== "__proto__";
      for (const place of places) {
        if (usable) expect(place).not.toThrow();
        else expect(refusal(place).code).toBe("INVALID_GRAPH");
      }
    }),
    { numRuns: 300, seed: 1 },
  );
});

function unary<T>(body: (g: ReturnType<typeof graphBuilder>, x: Value) => T): T {
  const g = graphBuilder("g");
  return body(g, g.input("a-value", [1]));
}

/** A graph's JSON with an output of another name. */
function renamed(name: string): object {
  const json = graphToJson(unary((g, x) => g.build({ x })));
  return { ...json, outputs: [{ name, value: "a-value" }] };
}
