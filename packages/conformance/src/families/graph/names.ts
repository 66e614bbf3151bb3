import type { GraphBuilder, Outputs, Value } from "@isoconv/core-spec";
import type { Draw } from "./draw.js";
import type { GraphSubject } from "./subject.js";

const long = "x".repeat(254);

/** Names that a runtime, an adapter or JavaScript may take for one another, for a key of its own or for a number. */
const sets: Readonly<Record<string, readonly string[]>> = {
  punctuation: ["a.b", "a_b", "a/b", "a:b", "a-b", "ab", "a__b", "a.b.", "_a.b", "a..b", "a/./b", "a_b_"],
  case: ["weight", "Weight", "WEIGHT", "weighT", "x", "X", "relu", "Relu", "ReLU"],
  "only-punctuation": [".", "..", "/", "//", ":", "::", "-", "--", "_", "__", "-.", "./"],
  suffixes: ["x", "x_1", "x_2", "x_1_1", "x:0", "x:1", "x.0", "x__1", "x_", "x1", "x_0", "x-1"],
  "integer-keys": ["10", "9", "1", "0", "2", "100", "01", "4294967294", "4294967295", "00"],
  numbers: ["-1", "1e3", "1000", "0x10", "16", "-0", "NaN", "1.0", "Infinity", "1.", ".5"],
  prototype: ["constructor", "toString", "hasOwnProperty", "valueOf", "isPrototypeOf", "__defineGetter__"],
  properties: ["length", "name", "prototype", "then", "size", "get", "set", "keys", "data", "dispose", "__proto"],
  keywords: ["undefined", "null", "true", "false", "this", "float", "main", "let", "in", "out", "fn", "void"],
  fields: ["input", "output", "inputs", "outputs", "shape", "dtype", "value", "op", "attrs", "graph", "feeds", "N"],
  operations: ["conv2d", "conv2d_1", "relu", "relu_1", "add", "Conv", "Relu", "Add", "Identity", "Constant", "Const"],
  "made-by-passes": ["n0.w:folded", "n0.bias:folded", "n0.w:folded_1", "n0", "n0.w", "n0:0", "w:folded", "n0/w"],
  long: [
    `${long}ab`,
    `${long}aa`,
    `${long}a`,
    long,
    `${long}_1`,
    `a${long}`,
    `b${long}`,
    "x".repeat(64),
    "x".repeat(63),
  ],
};

/** Each set in several arrangements, so that every name becomes an input, a parameter, a node and an output. */
const ARRANGEMENTS = ["as-listed", "turned", "drawn"] as const;

/** Names that could be mistaken for others, in graphs where every mistake gives another result. */
export const names: readonly GraphSubject[] = [
  ...Object.entries(sets).flatMap(([set, listed]) =>
    ARRANGEMENTS.map((arrangement): GraphSubject => ({
      name: `names/${set}-${arrangement}`,
      build: (g, draw) => named(g, arranged(listed, arrangement, draw)),
    })),
  ),
  ...Object.entries(sets).flatMap(([set, listed]) =>
    (["input", "parameter"] as const).map((kind): GraphSubject => ({
      name: `names/${set}-${kind}s`,
      build: (g) => allOf(g, kind, listed),
    })),
  ),
  { name: "names/of-folded-weights", build: foldedNames },
  ...Array.from({ length: 6 }, (_, k): GraphSubject => ({
    name: `names/random-${k + 1}`,
    build: (g, draw) => named(g, randomNames(draw, 12)),
  })),
];

function arranged(listed: readonly string[], how: (typeof ARRANGEMENTS)[number], { shuffle }: Draw): readonly string[] {
  if (how === "drawn") return shuffle(listed);
  const turn = how === "turned" ? 2 : 0;
  return [...listed.slice(turn), ...listed.slice(0, turn)];
}

/**
 * A graph whose values have the names, in turn an input, a parameter and a node, all of one shape. The outputs have the
 * same names in reverse order, so that a name stands for two values.
 */
function named(g: GraphBuilder, listed: readonly string[]): Outputs<Value> {
  const values: Value[] = [];
  for (const [k, name] of listed.entries()) {
    if (k % 3 === 0) values.push(g.input(name, [2, 3, 2]));
    else if (k % 3 === 1) values.push(g.parameter(name, [2, 3, 2]));
    else values.push(g.apply("add", { a: values[k - 2], b: values[k - 1] }, {}, name));
  }
  return listed.toReversed().map((name, k) => [name, values[k]] as const);
}

/** A graph whose inputs, or parameters, have all the names: whichever two are taken for one, a result is wrong. */
function allOf(g: GraphBuilder, kind: "input" | "parameter", listed: readonly string[]): Outputs<Value> {
  const values = listed.map((name) => g[kind](name, [2, 3, 2]));
  const x = kind === "input" ? values[0] : g.input("fed.beside.them", [2, 3, 2]);
  return values.map((value, k) => [`y${k}`, g.add({ a: value, b: x }, {}, `sum${k}`)] as const);
}

/** Norms behind convolutions, among values with the names that passes give to folded weights. */
function foldedNames(g: GraphBuilder): Outputs<Value> {
  const statistics = { mean: g.parameter("n.bias:folded", [2]), variance: g.parameter("variance", [2]) };
  const x = g.input("n.w:folded", ["N", 2, 2, 2]);
  const conv = g.conv2d({ x, w: g.parameter("n.w", [2, 2, 1, 1]) }, {}, "n");
  const norm = g.batchNorm({ x: conv, ...statistics }, { epsilon: 1 }, "n.w:folded_1");
  const other = g.conv2d({ x: norm, w: g.parameter("n.w:folded.w", [2, 2, 1, 1]) }, {}, "n.w:folded_2");
  return { n: g.batchNorm({ x: other, ...statistics }, { epsilon: 1 }, "n.bias:folded_1"), "n.w": norm };
}

const ALPHABET = "aAbB0123._/:-".split("");

/** Different short names of few characters, many of which are alike. */
function randomNames({ choose }: Draw, count: number): readonly string[] {
  const drawn = new Set<string>();
  while (drawn.size < count) {
    const length = choose([1, 2, 3, 4]);
    drawn.add(Array.from({ length }, () => choose(ALPHABET)).join(""));
  }
  return [...drawn];
}
