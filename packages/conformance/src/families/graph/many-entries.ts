import type { GraphBuilder, Outputs, Value } from "@isoconv/core-spec";
import { pairsOf, type Combination } from "./combinations.js";
import type { Draw } from "./draw.js";
import { ladders } from "./ladders.js";
import type { GraphSubject } from "./subject.js";

const choices = {
  entries: ladders.entries,
  kind: ["inputs", "parameters"],
  read: ["all", "two-of-three"],
  joined: ["outputs", "sum", "concat"],
} as const;

/** Graphs of many inputs or parameters, all of one shape: exchanging two changes a result. */
export const manyEntries: readonly GraphSubject[] = pairsOf(choices).map((row) => ({
  name: `${row.kind}/${row.entries}-${row.joined}${row.read === "all" ? "" : "-some-unread"}`,
  build: (g, draw) => readAll(g, draw, row),
}));

function readAll(
  g: GraphBuilder,
  { shuffle }: Draw,
  { entries: count, kind, read, joined }: Combination<typeof choices>,
): Outputs<Value> {
  const entries = Array.from({ length: count }, (_, k) =>
    kind === "inputs" ? g.input(`x${k}`, ["N", 2, 3]) : g.parameter(`p${k}`, [2, 2, 3]),
  );
  const chosen = shuffle(read === "all" ? entries : entries.filter((_, k) => k % 3 !== 0));
  if (joined === "outputs") return chosen.map((x, k) => [`y${k}`, g.clip({ x }, { min: -1, max: 2 })] as const);
  if (joined === "concat") return { y: g.concat({ xs: chosen }, { axis: 2 }) };
  // Each is added at another place: the sum is turned between two of them.
  const turned = (x: Value, k: number): Value =>
    k % 2 === 0 ? g.reshape({ x: g.transpose({ x }, { permutation: [0, 2, 1] }) }, { shape: [-1, 2, 3] }) : x;
  return { y: chosen.reduce((sum, x, k) => g.add({ a: turned(sum, k), b: x })) };
}
