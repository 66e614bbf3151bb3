import type { GraphBuilder, Shape, Value } from "@isoconv/core-spec";
import { pairsOf, type Combination } from "./combinations.js";
import type { Draw } from "./draw.js";
import { ladders } from "./ladders.js";
import type { GraphSubject } from "./subject.js";

/** Where the operands of a concat come from. */
const sources = {
  inputs: (g, shapes) => shapes.map((shape, k) => g.input(`x${k}`, shape)),
  parameters: (g, shapes) => shapes.map((shape, k) => g.parameter(`p${k}`, shape)),
  nodes: (g, shapes) => shapes.map((shape, k) => g.relu({ x: shifted(g, g.input(`x${k}`, shape), k) })),
  "one-value": (g, shapes) => {
    const x = g.input("x", shapes[0]);
    return shapes.map(() => x);
  },
  mixed: (g, shapes) => {
    const x = g.input("x", shapes[0]);
    return shapes.map((shape, k) => [x, g.parameter(`p${k}`, shape), shifted(g, g.input(`x${k}`, shape), k)][k % 3]);
  },
} satisfies Readonly<Record<string, (g: GraphBuilder, shapes: readonly Shape[]) => readonly Value[]>>;

function shifted(g: GraphBuilder, x: Value, k: number): Value {
  return g.add({ a: x, b: g.parameter(`c${k}`, [1]) });
}

/** What is joined, and along which axis. */
const joints = {
  vectors: { shape: [3], axis: 0 },
  channels: { shape: [2, 3, 2, 3], axis: 1 },
  columns: { shape: [2, 2, 3], axis: 2 },
  rows: { shape: [2, 2, 2, 3], axis: 2 },
  images: { shape: [2, 3, 2, 2], axis: 0 },
} as const;

const choices = {
  operands: ladders.operands,
  source: ["inputs", "parameters", "nodes", "one-value", "mixed"],
  joint: ["channels", "vectors", "columns", "rows", "images"],
  extents: ["equal", "different"],
} as const;

/** Concats of many operands. What was joined is cut again, because runtimes skip a concat that is only cut. */
export const wide: readonly GraphSubject[] = pairsOf(choices).map((row) => ({
  name: `wide/${row.operands}-${row.source}-${row.joint}-${row.extents}`,
  build: (g, draw) => joined(g, draw, row),
}));

function joined(
  g: GraphBuilder,
  { choose }: Draw,
  { operands, source, joint, extents }: Combination<typeof choices>,
): Readonly<Record<string, Value>> {
  const { shape, axis } = joints[joint];
  const shapes = Array.from({ length: operands }, () =>
    extents === "equal" ? shape : shape.map((extent, k) => (k === axis ? choose([1, 2, 3]) : extent)),
  );
  const whole = g.concat({ xs: sources[source](g, shapes) }, { axis });
  const extent = Number(whole.shape[axis]);
  const start = choose([0, 1, extent >> 1]);
  return {
    whole,
    part: g.slice({ x: whole }, { axes: [axis], starts: [start], ends: [extent - 1] }),
  };
}
