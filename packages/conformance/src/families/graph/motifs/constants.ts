import type { ConcreteShape, GraphBuilder, Value } from "@isoconv/core-spec";
import type { GraphSubject } from "../subject.js";

type Build = (g: GraphBuilder, parameter: (...shape: ConcreteShape) => Value, x: Value) => Value;

/** Nodes of parameters only, which runtimes compute when they compile. Most have an operand that is stretched. */
const builds: Readonly<Record<string, Build>> = {
  "sum-of-channels-and-columns": (g, p, x) => g.add({ a: x, b: g.add({ a: p(4, 1, 1), b: p(4) }) }),
  "product-of-rows-and-columns": (g, p, x) => g.mul({ a: g.mul({ a: p(5, 1), b: p(4) }), b: x }),
  "sum-of-higher-rank": (g, p, x) => g.add({ a: x, b: g.add({ a: p(4), b: p(2, 1, 5, 1) }) }),
  "sum-with-scalar": (g, p, x) => g.mul({ a: x, b: g.add({ a: p(), b: p(4, 1, 1) }) }),
  "stretched-then-read-whole": (g, p) => g.relu({ x: g.add({ a: p(3, 1, 2), b: p(4, 1) }) }),
  conv: (g, p, x) => g.add({ a: g.conv2d({ x: p(1, 2, 5, 4), w: p(4, 2, 1, 1), bias: p(4) }), b: x }),
  linear: (g, p, x) => g.add({ a: x, b: g.linear({ x: p(5, 3), w: p(4, 3), bias: p(4) }) }),
  softmax: (g, p, x) => g.mul({ a: x, b: g.softmax({ x: p(5, 4) }, { axis: 0 }) }),
  norm: (g, p, x) => {
    const variance = g.parameter("variance", [4]);
    return g.add({ a: x, b: g.batchNorm({ x: p(2, 4, 5, 4), mean: p(4), variance, offset: p(4) }, { epsilon: 0.5 }) });
  },
  "max-pool": (g, p, x) => g.add({ a: x, b: g.maxPool2d({ x: p(1, 4, 6, 5) }, { kernel: [2, 2], strides: [1, 1] }) }),
  "filters-turned": (g, p, x) => g.conv2d({ x, w: g.transpose({ x: p(2, 3, 4, 5) }, { permutation: [3, 2, 0, 1] }) }),
  "filters-reshaped": (g, p, x) => g.conv2d({ x, w: g.reshape({ x: p(6, 8) }, { shape: [3, 4, 2, 2] }) }),
  "filters-joined": (g, p, x) => g.conv2d({ x, w: g.concat({ xs: [p(1, 4, 2, 2), p(2, 4, 2, 2)] }, { axis: 0 }) }),
  "filters-cut": (g, p, x) => {
    const w = p(5, 4, 2, 2);
    const cut = (start: number, end: number): Value => g.slice({ x: w }, { axes: [0], starts: [start], ends: [end] });
    return g.concat({ xs: [g.conv2d({ x, w: cut(0, 2) }), g.conv2d({ x, w: cut(2, 5) })] }, { axis: 1 });
  },
  "filters-scaled": (g, p, x) => g.conv2d({ x, w: g.mul({ a: p(3, 4, 2, 2), b: p(3, 1, 1, 1) }), bias: p(3) }),
  "filters-scaled-by-channel": (g, p, x) => g.conv2d({ x, w: g.mul({ a: p(4, 1, 1), b: p(3, 4, 2, 2) }) }),
  "bias-computed": (g, p, x) => {
    const bias = g.reshape({ x: g.add({ a: p(3, 1), b: p(1) }) }, { shape: [3] });
    return g.conv2d({ x, w: p(3, 4, 2, 2), bias });
  },
  "grouped-filters-computed": (g, p, x) => g.conv2d({ x, w: g.relu({ x: p(6, 2, 2, 2) }) }, { groups: 2 }),
  "depthwise-filters-computed": (g, p, x) =>
    g.conv2d({ x, w: g.reshape({ x: g.add({ a: p(4, 4), b: p(4, 1) }) }, { shape: [4, 1, 2, 2] }) }, { groups: 4 }),
  "transposed-filters-computed": (g, p, x) =>
    g.convTranspose2d({ x, w: g.mul({ a: p(4, 3, 2, 2), b: p(3, 1, 1) }) }, { strides: [2, 1] }),
  "dense-weights-turned": (g, p, x) => g.linear({ x, w: g.transpose({ x: p(4, 3) }, { permutation: [1, 0] }) }),
  "slopes-joined": (g, p, x) => g.prelu({ x, slope: g.concat({ xs: [p(1), p(3)] }, { axis: 0 }) }),
  "path-of-constants": (g, p, x) => {
    let c = p(4, 1);
    for (let k = 0; k < 20; k += 1) c = k % 4 === 3 ? g.clip({ x: c }, { min: -3, max: 3 }) : g.add({ a: c, b: p(4) });
    return g.add({ a: x, b: g.slice({ x: c }, { axes: [0], starts: [3], ends: [4] }) });
  },
  "constant-read-twice": (g, p, x) => {
    const c = g.add({ a: p(4, 1, 1), b: p(4) });
    return g.add({ a: g.mul({ a: x, b: c }), b: c });
  },
};

/** Constant parts of a graph, whose result is an output too, and read by one more node. */
export const constants: readonly GraphSubject[] = Object.entries(builds).map(([name, build]) => ({
  name: `constants/${name}`,
  build: (g) => {
    const x = g.input("x", [2, 4, 5, 4]);
    const y = build(g, (...shape) => g.parameter(g.freshName("p"), shape), x);
    return { y, again: g.clip({ x: y }, { min: -5, max: 5 }) };
  },
}));
