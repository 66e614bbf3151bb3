import type { GraphBuilder, Outputs, Value } from "@isoconv/core-spec";
import type { GraphSubject } from "./subject.js";

type Build = (g: GraphBuilder) => Outputs<Value>;

const shape = ["N", 2, 3] as const;

/** Graphs at the edges of what a graph may be. */
const edges: Readonly<Record<string, Build>> = {
  "input-only": (g) => ({ y: g.input("x", shape) }),
  "input-only-of-its-name": (g) => ({ x: g.input("x", shape) }),
  "parameter-only": (g) => ({ y: g.parameter("p", [2, 3]) }),
  "parameter-and-unread-input": (g) => {
    g.input("x", shape);
    return { y: g.parameter("p", [2, 3]) };
  },
  "no-nodes": (g) => {
    const [a, b, p] = [g.input("a", shape), g.input("b", shape), g.parameter("p", [2, 3])];
    return { b: a, a: b, p1: p, p2: p, a2: b };
  },
  "no-nodes-scalar": (g) => ({ y: g.input("x", []) }),
  "unread-input-first": (g) => {
    g.input("unread", shape);
    return { y: g.clip({ x: g.input("x", shape) }, { min: -1, max: 1 }) };
  },
  "unread-input-last": (g) => {
    const x = g.input("x", shape);
    g.input("unread", shape);
    return { y: g.clip({ x }, { min: -1, max: 1 }) };
  },
  "unread-input-of-other-rank": (g) => {
    g.input("unread", [3, 1]);
    const x = g.input("x", shape);
    g.input("scalar", []);
    return { y: g.add({ a: x, b: g.parameter("p", [3]) }) };
  },
  "unread-parameters": (g) => {
    g.parameter("unread", [2, 3]);
    const p = g.parameter("p", [2, 3]);
    g.parameter("scalar", []);
    return { y: g.add({ a: g.input("x", shape), b: p }) };
  },
  "everything-unread-but-one": (g) => {
    for (let k = 0; k < 9; k += 1) g.relu({ x: g.parameter(`p${k}`, [2, 3]) });
    const [, , , , x] = Array.from({ length: 9 }, (_, k) => g.input(`x${k}`, shape));
    return { y: g.clip({ x }, { min: -1, max: 1 }) };
  },
  "dead-node-first": (g) => {
    const x = g.input("x", shape);
    g.mul({ a: x, b: x });
    return { y: g.add({ a: x, b: g.parameter("p", [3]) }) };
  },
  "dead-path": (g) => {
    const x = g.input("x", shape);
    const dead = g.linear({ x, w: g.parameter("dead.w", [4, 3]) });
    const y = g.linear({ x, w: g.parameter("w", [4, 3]) });
    g.relu({ x: g.relu({ x: g.add({ a: dead, b: y }) }) });
    return { y };
  },
  "dead-norm-beside-conv": (g) => {
    const y = g.conv2d({ x: g.input("x", ["N", 2, 3, 3]), w: g.parameter("w", [2, 2, 2, 2]) });
    g.batchNorm({ x: y, mean: g.parameter("mean", [2]), variance: g.parameter("variance", [2]) }, { epsilon: 1 });
    return { y };
  },
  "dead-relu-beside-conv": (g) => {
    const y = g.conv2d({ x: g.input("x", ["N", 2, 3, 3]), w: g.parameter("w", [2, 2, 2, 2]) });
    g.relu({ x: y });
    return { y };
  },
  "input-read-and-output": (g) => {
    const x = g.input("x", shape);
    return { x, y: g.relu({ x }), again: x };
  },
  "parameter-read-and-output": (g) => {
    const w = g.parameter("w", [4, 3]);
    return { y: g.linear({ x: g.input("x", shape), w }), w, activated: g.relu({ x: w }) };
  },
  "constant-outputs": (g) => {
    g.input("x", shape);
    const [p, q] = [g.parameter("p", [2, 3]), g.parameter("q", [4, 1, 3])];
    return { sum: g.add({ a: p, b: q }), turned: g.transpose({ x: p }, { permutation: [1, 0] }), p };
  },
  "outputs-against-the-order-of-nodes": (g) => {
    const a = g.add({ a: g.input("x", shape), b: g.parameter("p", [3]) }, {}, "z");
    const b = g.clip({ x: a }, { min: -1, max: 1 }, "m");
    return { z: g.mul({ a: b, b: g.parameter("q", [2, 3]) }, {}, "a"), m: a, a: b };
  },
  "views-of-one-input": (g) => {
    const x = g.input("x", shape);
    const flat = g.flatten({ x });
    return {
      flat,
      same: g.dropout({ x }),
      back: g.reshape({ x: flat }, { shape: [-1, 3, 2] }),
      x,
      added: g.add({ a: x, b: x }),
    };
  },
  "equal-nodes": (g) => {
    const x = g.input("x", shape);
    const twice = [g.relu({ x }), g.relu({ x })];
    return { one: twice[0], other: twice[1], sum: g.add({ a: twice[0], b: twice[1] }) };
  },
  "nodes-that-differ-in-one-attribute": (g) => {
    const x = g.input("x", shape);
    return {
      a: g.clip({ x }, { min: -1, max: 1 }),
      b: g.clip({ x }, { min: -1, max: 2 }),
      c: g.softmax({ x }, { axis: 1 }),
      d: g.softmax({ x }, { axis: 2 }),
    };
  },
  "one-value-in-two-roles": (g) => {
    const [x, w, c] = [g.input("x", [2, 3]), g.parameter("w", [2, 3]), g.parameter("c", [2])];
    const square = g.linear({ x: w, w, bias: c });
    return {
      square,
      own: g.linear({ x, w: x }),
      mixed: g.linear({ x, w, bias: c }),
      norm: g.prelu({ x: square, slope: c }),
    };
  },
};

export const interfaces: readonly GraphSubject[] = Object.entries(edges).map(([name, build]) => ({
  name: `interface/${name}`,
  build,
}));
