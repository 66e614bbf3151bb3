import {
  definitionOf,
  docOf,
  opNames,
  type GraphBuilder,
  type OpName,
  type Shape,
  type Value,
} from "@isoconv/core-spec";
import type { Draw } from "./draw.js";
import { ladders } from "./ladders.js";
import type { GraphSubject } from "./subject.js";

const DEEPEST = Math.max(...ladders.depth);

/** Graphs of many nodes. */
export const deep: readonly GraphSubject[] = [
  ...ladders.depth.flatMap((depth): readonly GraphSubject[] => [
    { name: `deep/chain-${depth}`, build: (g, draw) => ({ y: chain(g, draw, links, depth) }) },
    { name: `deep/kept-${depth}`, build: (g, draw) => kept(g, draw, depth) },
  ]),
  ...opNames.filter(isFunction).map((op): GraphSubject => ({
    name: `deep/${op}-after-${DEEPEST}`,
    build: (g, draw) => ({ y: g.apply(op, { x: chain(g, draw, moves, DEEPEST) }, docOf(op).example.attrs) }),
  })),
];

/** Whether an operation is a function of each element alone. */
function isFunction(op: OpName): boolean {
  const { family, inputs } = definitionOf(op);
  return family === "activation" && Object.keys(inputs).length === 1;
}

/** A part of a chain: a number of nodes that lose nothing of their operand, so that a wrong element stays wrong. */
interface Link {
  readonly nodes: number;
  readonly add: (g: GraphBuilder, x: Value, draw: Draw) => Value;
}

const parameter = (g: GraphBuilder, stem: string, shape: Shape): Value => g.parameter(g.freshName(stem), shape);

/** The extents of axes 1, 2 and 3; the batch stays first. */
const innerShape = ({ shape }: Value): readonly [number, number, number] => {
  const [, channels, height, width] = shape.map(Number);
  return [channels, height, width];
};

const arithmetic: readonly Link[] = [
  { nodes: 1, add: (g, x) => g.add({ a: x, b: parameter(g, "shift", [innerShape(x)[0], 1, 1]) }) },
  { nodes: 1, add: (g, x) => g.add({ a: parameter(g, "shift", innerShape(x)), b: x }) },
  { nodes: 1, add: (g, x) => g.mul({ a: x, b: parameter(g, "sign", innerShape(x)) }) },
  { nodes: 1, add: (g, x) => g.prelu({ x, slope: parameter(g, "sign", [innerShape(x)[0]]) }) },
];

/** Links without roundings: a node that rounds costs runs of the oracle. */
const moves: readonly Link[] = [
  { nodes: 1, add: (g, x, { shuffle }) => g.transpose({ x }, { permutation: [0, ...shuffle([1, 2, 3])] }) },
  { nodes: 1, add: (g, x, { shuffle }) => g.reshape({ x }, { shape: [-1, ...shuffle(innerShape(x))] }) },
  { nodes: 1, add: (g, x) => g.dropout({ x }) },
  {
    nodes: 2,
    add: (g, x) => {
      const [, height, width] = innerShape(x);
      const padded = g.pad2d({ x }, { pads: [1, 2, 0, 1], value: 3 });
      return g.slice({ x: padded }, { axes: [3, 2], starts: [2, 1], ends: [width + 2, height + 1] });
    },
  },
  {
    nodes: 2,
    add: (g, x) =>
      g.maxPool2d(
        { x: g.upsample({ x }, { scales: [2, 1] }) },
        { kernel: [2, 1], strides: [2, 1], pads: [0, 0, 0, 0] },
      ),
  },
  {
    nodes: 3,
    add: (g, x, { choose }) => {
      const axis = choose([1, 2, 3]);
      const extent = Number(x.shape[axis]);
      const head = g.slice({ x }, { axes: [axis], starts: [0], ends: [1] });
      const tail = g.slice({ x }, { axes: [axis], starts: [1], ends: [extent] });
      return g.concat({ xs: [tail, head] }, { axis });
    },
  },
];

const links = [...arithmetic, ...moves];

/** One path of `depth` nodes drawn from the given links. */
function chain(g: GraphBuilder, draw: Draw, choice: readonly Link[], depth: number): Value {
  let x = g.input("x", ["N", 2, 3, 4]);
  for (let left = depth; left > 0;) {
    const link = draw.choose(choice.filter(({ nodes }) => nodes <= left));
    x = link.add(g, x, draw);
    left -= link.nodes;
  }
  return x;
}

/**
 * A path whose every value is read again, in random order after its end: half of the nodes' results are kept for long.
 * Every fourth of them is an output too. A limit keeps the sum of all small.
 */
function kept(g: GraphBuilder, draw: Draw, depth: number): Readonly<Record<string, Value>> {
  const steps: readonly ((x: Value) => Value)[] = [
    (x) => g.add({ a: x, b: parameter(g, "shift", [3]) }),
    (x) => g.clip({ x }, { min: -3, max: 3 }),
    (x) => g.mul({ a: x, b: parameter(g, "sign", [2, 3]) }),
    (x) => g.prelu({ x, slope: parameter(g, "sign", [2]) }),
  ];
  let x = g.input("x", ["N", 2, 3]);
  const path = [x];
  while (path.length <= depth / 2) {
    const [shift, limit, ...signs] = steps;
    x = (path.length % 2 === 0 ? limit : draw.choose([shift, shift, ...signs]))(x);
    path.push(x);
  }
  const [first, ...others] = draw.shuffle(path);
  const sum = others.reduce((a, b) => g.add({ a, b }), first);
  const seen = path.filter((_, index) => index % 8 === 3);
  return { ...Object.fromEntries(seen.map((value) => [`seen-${value.name}`, value])), sum };
}
