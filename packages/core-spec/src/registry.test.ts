import { existsSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { decompositions } from "./decompositions/index.js";
import { IsoconvError } from "./error.js";
import { accuracyOf, oneNode, refusal } from "./op-cases.test.support.js";
import { docOf } from "./ops/docs.js";
import { decompose } from "./passes/decompose.js";
import {
  definitionOf,
  isOpName,
  listOperands,
  mapOperands,
  opNames,
  ops,
  type AttrsInput,
  type Inputs,
} from "./index.js";
import type { OpName } from "./registry.js";
import type { Shape } from "./shape.js";

const SHARED_FILES = ["along-axis.ts", "broadcast.ts", "docs.ts", "index.ts", "window-attributes.ts"];
const directory = new URL("./ops/", import.meta.url);
const fileOf = (op: string): string => `${op.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`;

test("the registry holds one operation for every file of ops/", () => {
  expect(opNames).toEqual(Object.keys(ops));
  const files = readdirSync(directory).filter((file) => file.endsWith(".ts") && !file.includes(".test."));
  expect(files.toSorted()).toEqual([...opNames.map(fileOf), ...SHARED_FILES].toSorted());
});

test("only own keys are operation names", () => {
  expect(isOpName("conv2d")).toBe(true);
  for (const name of ["constructor", "__proto__", "toString", "", 3, null]) expect(isOpName(name)).toBe(false);
});

describe.each(opNames)("%s", (op) => {
  const definition = definitionOf(op);
  const { attrs, inputs } = definition;
  const doc = docOf(op);
  const { example } = doc;

  test("is named as its key and its file", () => {
    expect(definition.name).toBe(op);
    expect(existsSync(new URL(fileOf(op), directory))).toBe(true);
  });

  test("is documented in full", () => {
    const texts = [
      doc.summary,
      doc.formula,
      ...doc.notes,
      ...Object.values(inputs).map(({ layout }) => layout),
      ...Object.values(attrs).map(({ domain }) => domain),
      ...Object.values(doc.inputs),
      ...Object.values(doc.attrs),
    ];
    for (const text of texts) expect(text.trim()).toMatch(/^\S[^\n]+$/);
    expect(doc.summary).toMatch(/\.$/);
  });

  test("infers its example's shape, with a symbolic batch in front", () => {
    const { shape } = oneNode(op, example.inputs, example.attrs).nodes[0];
    expect(shape[0]).toBe("N");
    expect(shape.slice(1)).not.toContain("N");
  });

  test("accepts each attribute's boundary and refuses each invalid value, naming the attribute", () => {
    for (const [name, attribute] of Object.entries(attrs)) {
      const path = `attrs.${name}`;
      expect(attribute.boundary.length, name).toBeGreaterThan(0);
      for (const value of attribute.boundary) expect(attribute.parse(value, { path })).toEqual(rounded32(value));
      for (const value of attribute.invalid) {
        const refused = refusal(() => oneNode(op, example.inputs, { ...example.attrs, [name]: value }));
        expect(refused.code, name).toBe("INVALID_ATTRIBUTE");
        expect(refused.path, name).toMatch(new RegExp(`^attrs\\.${name}(\\[\\d\\])?$`));
      }
    }
  });

  test("gives attributes a frozen default that parses to itself, or requires them", () => {
    for (const [name, attribute] of Object.entries(attrs)) {
      const { optional, fallback } = attribute;
      const others = Object.fromEntries(Object.entries(example.attrs).filter(([key]) => key !== name));
      expect(optional, name).toBe(fallback !== undefined);
      if (fallback === undefined) {
        expect(refusal(() => oneNode(op, example.inputs, others))).toEqual({
          code: "INVALID_ATTRIBUTE",
          path: `attrs.${name}`,
        });
      } else {
        expect(attribute.parse(fallback, {})).toEqual(fallback);
        expect(Object.isFrozen(fallback)).toBe(true);
        expect(attribute.boundary, name).toContainEqual(fallback);
      }
    }
  });

  test("requires each operand that is not optional", () => {
    for (const [name, { arity }] of Object.entries(inputs)) {
      const others = Object.fromEntries(Object.entries(example.inputs).filter(([key]) => key !== name));
      const action = (): unknown => oneNode(op, others, example.attrs);
      if (arity === "optional") expect(action).not.toThrow();
      else expect(refusal(action)).toEqual({ code: "INVALID_GRAPH", path: `inputs.${name}` });
    }
  });

  test("states a bound exactly when it rounds, and a magnitude exactly when the bound uses one", () => {
    const rule = ruleOf(op);
    expect(doc.bound !== undefined).toBe(rule.kind === "rounded");
    const uses = rule.kind === "rounded" && (rule.magnitude > 0 || rule.inputs > 0);
    expect(doc.magnitude !== undefined).toBe(uses);
    if (rule.kind !== "rounded") return;
    expect(/\bM\b/.test(doc.bound!)).toBe(rule.magnitude > 0);
    expect(doc.bound!.includes("|ŷ|")).toBe(rule.value > 0);
    expect(Number(/(\d+)·\|ŷ\|/.exec(doc.bound!)?.[1] ?? rule.value)).toBe(rule.value);
    expect(Number(/(\d+)·M/.exec(doc.bound!)?.[1] ?? rule.magnitude)).toBe(rule.magnitude);
    expect([rule.value, rule.magnitude, rule.absolute, rule.inputs].every((term) => term >= 0)).toBe(true);
  });
});

function ruleOf(op: OpName): ReturnType<typeof accuracyOf> {
  const { example } = docOf(op);
  return accuracyOf(op, example.inputs as Inputs<OpName, Shape>, example.attrs as AttrsInput<OpName>);
}

function rounded32(value: unknown): unknown {
  return typeof value === "number" ? Math.fround(value) : value;
}

describe.each(Object.keys(decompositions) as (keyof typeof decompositions)[])("the decomposition of %s", (op) => {
  test("has the operation's shape and name, and needs no other decomposition", () => {
    const { example } = docOf(op);
    const graph = oneNode(op, example.inputs, example.attrs);
    const { graph: expanded } = decompose(new Set([op])).run({ graph, parameters: {} });
    expect(expanded.nodes.find(({ name }) => name === "y")!.shape).toEqual(graph.nodes[0].shape);
    expect(expanded.nodes.filter((node) => Object.hasOwn(decompositions, node.op))).toEqual([]);
  });
});

test("operands are mapped and listed with their paths", () => {
  const paths: string[] = [];
  const mapped = mapOperands<number, number>({ x: 1, gap: undefined, xs: [2, 3] }, (value, path) => {
    paths.push(path);
    return value * 10;
  });
  expect(mapped).toEqual({ x: 10, xs: [20, 30] });
  expect(paths).toEqual(["inputs.x", "inputs.xs[0]", "inputs.xs[1]"]);
  expect(listOperands(mapped)).toEqual([10, 20, 30]);
});

test("__proto__ as an operand name stays an ordinary key", () => {
  const hostile = JSON.parse('{"__proto__": 1}') as Record<string, number>;
  const mapped = mapOperands(hostile, (value) => value);
  expect(Object.keys(mapped)).toEqual(["__proto__"]);
  expect(Object.getPrototypeOf(mapped)).toBe(Object.prototype);
});

test("errors of validation are IsoconvErrors", () => {
  expect(() => oneNode("relu", {}, {})).toThrow(IsoconvError);
});
