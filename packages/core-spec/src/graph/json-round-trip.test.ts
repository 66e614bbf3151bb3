import fc from "fast-check";
import { expect, test } from "vitest";
import { IsoconvError } from "../error.js";
import { definitionOf, opNames } from "../registry.js";
import type { Shape } from "../shape.js";
import { graphBuilder, type Value } from "./builder.js";
import type { Graph } from "./graph.js";
import { graphFromJson, graphToJson } from "./json.js";

const pool: readonly Shape[] = [["N", 2, 5, 5], ["N", 6], [4, 3], [2, 2, 3, 3], [2], [1, 2, 5, 5]];
const step = fc.record({
  op: fc.constantFrom(...opNames),
  picks: fc.array(fc.nat(20), { minLength: 5, maxLength: 5 }),
});

/**
 * Builds a graph of the steps that the registry accepts: operands and attributes are drawn at random, invalid
 * combinations are skipped.
 */
function randomGraph(steps: readonly { op: (typeof opNames)[number]; picks: readonly number[] }[]): Graph {
  const g = graphBuilder("random");
  const values = pool.map((shape, i) => (shape[0] === "N" ? g.input(`x${i}`, shape) : g.parameter(`p${i}`, shape)));
  for (const { op, picks } of steps) {
    const { inputs, attrs } = definitionOf(op);
    const pick = <T>(list: readonly T[], salt: number): T => list[(picks[salt % picks.length] + salt) % list.length];
    const operands: Record<string, Value | Value[]> = {};
    for (const [i, [key, { arity }]] of Object.entries(inputs).entries()) {
      operands[key] = arity === "many" ? [pick(values, i), pick(values, i)] : pick(values, i);
    }
    const written = Object.entries(attrs).map(([key, { boundary }], i) => [key, pick(boundary, i)] as const);
    try {
      values.push(g.apply(op, operands, Object.fromEntries(written)));
    } catch (error) {
      if (!(error instanceof IsoconvError)) throw error;
    }
  }
  return g.build({ first: values[0], last: values.at(-1)! });
}

test("random graphs come back from JSON text exactly", () => {
  const used = new Set<string>();
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const graph = randomGraph(steps);
      for (const { op } of graph.nodes) used.add(op);
      expect(graphFromJson(JSON.parse(JSON.stringify(graphToJson(graph))))).toEqual(graph);
    }),
    { numRuns: 500, seed: 1 },
  );
  expect(used.size).toBeGreaterThan(20);
});
