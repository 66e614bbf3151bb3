import type { GraphBuilder, Value } from "@isoconv/core-spec";
import { pairsOf, type Combination } from "./combinations.js";
import type { Draw } from "./draw.js";
import { ladders } from "./ladders.js";
import type { GraphSubject } from "./subject.js";

/** The value that is read many times. */
const values = {
  input: (g) => g.input("x", ["N", 3, 4]),
  parameter: (g) => g.parameter("p", [2, 3, 4]),
  sum: (g) => g.add({ a: g.input("x", ["N", 3, 4]), b: g.parameter("p", [4]) }),
  // Runtimes answer with the operand's own memory.
  view: (g) =>
    g.reshape({ x: g.add({ a: g.input("x", ["N", 12]), b: g.parameter("p", [12]) }) }, { shape: [-1, 3, 4] }),
  // Runtimes fuse the reader into it where there is only one.
  product: (g) => g.linear({ x: g.input("x", ["N", 3, 2]), w: g.parameter("w", [4, 2]) }),
  activated: (g) => g.relu({ x: g.linear({ x: g.input("x", ["N", 3, 2]), w: g.parameter("w", [4, 2]) }) }),
} satisfies Readonly<Record<string, (g: GraphBuilder) => Value>>;

const readers: readonly ((g: GraphBuilder, x: Value) => Value)[] = [
  (g, x) => g.relu({ x }),
  (g, x) => g.add({ a: x, b: g.parameter(g.freshName("c"), [4]) }),
  (g, x) => g.clip({ x }, { min: 0, max: 6 }),
  (g, x) => g.mul({ a: g.parameter(g.freshName("sign"), [3, 4]), b: x }),
  (g, x) => g.prelu({ x, slope: g.parameter(g.freshName("slope"), [3]) }),
  (g, x) => g.add({ a: x, b: x }),
  (g, x) => g.clip({ x }, { min: -1, max: 2 }),
  (g, x) => g.dropout({ x }),
];

const choices = {
  readers: ladders.readers,
  value: ["sum", "input", "parameter", "view", "product", "activated"],
  reader: ["different", "alike"],
  joined: ["outputs", "sum", "concat"],
} as const;

/** Values that many nodes read. */
export const sharedValues: readonly GraphSubject[] = pairsOf(choices).map((row) => ({
  name: `shared-value/${row.value}-${row.readers}-${row.reader}-${row.joined}`,
  build: (g, draw) => readMany(g, draw, row),
}));

function readMany(
  g: GraphBuilder,
  { choose, shuffle }: Draw,
  { value, readers: count, reader, joined }: Combination<typeof choices>,
): Readonly<Record<string, Value>> {
  const x = values[value](g);
  const only = choose(readers.slice(0, 5));
  const results = Array.from({ length: count }, () => (reader === "alike" ? only : choose(readers))(g, x));
  if (joined === "outputs") return Object.fromEntries(shuffle([...results, x]).map((y, k) => [`y${k}`, y]));
  if (joined === "concat") return { y: g.concat({ xs: shuffle([x, ...results]) }, { axis: 2 }) };
  return { y: shuffle(results).reduce((a, b) => g.add({ a, b })) };
}
