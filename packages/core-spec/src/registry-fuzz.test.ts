import { expect, test } from "vitest";
import { IsoconvError, type ErrorCode } from "./error.js";
import { graphBuilder, type GraphBuilder, type Value } from "./graph/builder.js";
import { holes } from "./op-cases.test.support.js";
import { philox4x32 } from "./philox.js";
import { docOf } from "./ops/docs.js";
import { definitionOf, opNames } from "./registry.js";
import type { Shape } from "./shape.js";

const RUNS = 12_000;

/** Values that a confused or hostile caller may pass for an attribute or an operand. */
const garbage: readonly unknown[] = [
  undefined,
  null,
  true,
  -1,
  0,
  1,
  2,
  0.5,
  -0,
  Number.NaN,
  Infinity,
  -Infinity,
  1e300,
  2 ** 31,
  1n,
  "",
  "N",
  "relu",
  "__proto__",
  Symbol("s"),
  () => 1,
  [],
  [0],
  [1, 1],
  [2, 3],
  [1, 1, 1, 1],
  [65_535, 65_535],
  [65_535, 65_535, 65_535, 65_535],
  [Number.NaN, 1],
  [[1], [1]],
  [0, 1, 2, 3],
  [3, 2, 1, 0],
  [-1, 2],
  [2 ** 31 - 1, 2 ** 31 - 1, 2 ** 31 - 1],
  holes(2),
  holes(2 ** 32 - 1),
  {},
  { length: 2, 0: 1, 1: 1 },
  new Map(),
  new Float32Array([1, 1]),
  new Date(0),
  Object.create(null),
];
const shapes: readonly Shape[] = [
  ["N", 3, 8, 8],
  ["N", 4],
  ["N"],
  [2, 4, 3, 3],
  [4, 2, 1, 1],
  [3, 3, 3, 3],
  [4, 4],
  [4],
  [3],
  [],
  [0, 3, 8, 8],
  [2, 0],
  [1, 1, 1, 1, 1],
  [2 ** 31 - 1],
];
const codes: readonly ErrorCode[] = ["INVALID_ATTRIBUTE", "INVALID_SHAPE", "INVALID_GRAPH"];

/** Draws from a list; the same draws for the same number. */
function drawer(seed: number): <T>(list: readonly T[]) => T {
  let index = 0;
  return (list) => {
    const [word] = philox4x32([index, 0, seed, 0], [1, 2]);
    index += 1;
    return list[word % list.length];
  };
}

function attempt(g: GraphBuilder, values: readonly Value[], seed: number): Value {
  const draw = drawer(seed);
  const op = draw(opNames);
  const { attrs, inputs } = definitionOf(op);
  const { example } = docOf(op);
  const operands: Record<string, unknown> = {};
  for (const [name, { arity }] of Object.entries(inputs)) {
    const kind = draw(["value", "value", "value", "value", "value", "list", "garbage"]);
    if (kind === "garbage") operands[name] = draw(garbage);
    else if ((arity === "many") !== (kind === "list")) operands[name] = [draw(values), draw(values)];
    else operands[name] = draw(values);
  }
  const written = Object.entries(attrs).map(([name, { boundary, invalid }]) => {
    const kind = draw(["boundary", "boundary", "boundary", "example", "invalid", "garbage"]);
    const value =
      kind === "example"
        ? example.attrs[name]
        : draw<unknown>(kind === "boundary" ? boundary : kind === "invalid" ? invalid : garbage);
    return [name, value] as const;
  });
  return g.apply(op, operands as Record<string, Value>, Object.fromEntries(written));
}

test(`${RUNS} random calls give a value of valid shape, or an IsoconvError with a known code and a path`, () => {
  let g = graphBuilder("fuzz");
  let values: readonly Value[] = [];
  const outcomes = new Map<string, number>();
  for (let seed = 0; seed < RUNS; seed += 1) {
    if (seed % 500 === 0) {
      g = graphBuilder("fuzz");
      values = shapes.map((shape, i) => g.input(`x${i}`, shape));
    }
    let outcome: string;
    try {
      const { shape } = attempt(g, values, seed);
      expect(shape.length).toBeLessThanOrEqual(8);
      for (const [axis, extent] of shape.entries()) {
        if (!(extent === "N" && axis === 0)) expect(Number.isSafeInteger(extent) && Number(extent) >= 0).toBe(true);
      }
      outcome = "value";
    } catch (error) {
      if (!(error instanceof IsoconvError)) throw error;
      expect(codes).toContain(error.code);
      expect(error.path, error.message).toMatch(/^(attrs|inputs|shape)/);
      expect(error.message).not.toMatch(/\n/);
      outcome = error.code;
    }
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }
  // Each outcome is common, so the draws reach every stage of validation.
  for (const outcome of ["value", ...codes]) expect(outcomes.get(outcome), outcome).toBeGreaterThan(RUNS / 50);
});
