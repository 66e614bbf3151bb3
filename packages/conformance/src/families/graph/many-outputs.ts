import type { GraphBuilder, Shape, Value } from "@isoconv/core-spec";
import { pairsOf } from "./combinations.js";
import type { Draw } from "./draw.js";
import { ladders } from "./ladders.js";
import type { GraphSubject } from "./subject.js";

const shape: Shape = ["N", 2, 3];
/** Ranks 0 to 6. */
const ranks: readonly (readonly number[])[] = [
  [],
  [4],
  [2, 3],
  [1, 2, 3],
  [2, 1, 3, 2],
  [1, 2, 1, 3, 2],
  [2, 1, 2, 1, 2, 3],
];

/** What the outputs are. */
const kinds = {
  "one-path": (g, count) => {
    let x = g.input("x", shape);
    return Array.from({ length: count }, () => {
      x = g.add({ a: x, b: g.parameter(g.freshName("c"), [3]) });
      return x;
    });
  },
  nodes: (g, count) => {
    const x = g.input("x", shape);
    return Array.from({ length: count }, () => g.mul({ a: x, b: g.parameter(g.freshName("c"), [2, 3]) }));
  },
  "one-node": (g, count) => {
    const y = g.add({ a: g.input("x", shape), b: g.parameter("c", [3]) });
    return Array.from({ length: count }, () => y);
  },
  "one-input": (g, count) => {
    const x = g.input("x", shape);
    return Array.from({ length: count }, () => x);
  },
  inputs: (g, count) => Array.from({ length: count }, (_, k) => g.input(`x${k}`, shape)),
  parameters: (g, count) => Array.from({ length: count }, (_, k) => g.parameter(`p${k}`, [2, 3])),
  ranks: (g, count) =>
    Array.from({ length: count }, (_, k) => {
      const x = g.input(`x${k}`, ranks[k % ranks.length]);
      return k % 2 === 0 ? g.relu({ x }) : g.add({ a: x, b: g.parameter(`c${k}`, [1]) });
    }),
  mixed: (g, count, { choose }) => {
    const known: Value[] = [g.input("x", shape), g.parameter("p", [2, 3])];
    return Array.from({ length: count }, (_, k) => {
      const x = choose(known);
      known.push(
        choose([() => g.relu({ x }), () => g.clip({ x }, { min: -1, max: 1 }), () => g.input(`x${k}`, shape)])(),
      );
      return choose(known);
    });
  },
} satisfies Readonly<Record<string, (g: GraphBuilder, count: number, draw: Draw) => readonly Value[]>>;

const choices = {
  outputs: ladders.outputs,
  kind: ["nodes", "one-path", "one-node", "one-input", "inputs", "parameters", "ranks", "mixed"],
} as const;

/** Graphs of many outputs, in another order than that of the nodes. */
export const manyOutputs: readonly GraphSubject[] = pairsOf(choices).map(({ outputs, kind }) => ({
  name: `outputs/${kind}-${outputs}`,
  build: (g, draw) => draw.shuffle(kinds[kind](g, outputs, draw)).map((value, k) => [`y${k}`, value] as const),
}));
