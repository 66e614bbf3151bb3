import {
  float32,
  foldBatchNorm,
  graphBuilder,
  rewriteGraph,
  type Graph,
  type GraphBuilder,
  type NodeOf,
  type Pads2d,
  type Value,
} from "@isoconv/core-spec";
import type { NetworkSpec } from "@isoconv/judge";
import type { Stream } from "../stream.js";
import type { GraphFault } from "./graph.js";
import { pairsOf, readersOf, rewritePairs, withPass } from "./rewriting.js";

const image = ["N", 4, 7, 6] as const;

function network(build: (g: GraphBuilder, x: Value) => Value, fills: NetworkSpec["fills"] = {}): NetworkSpec {
  const g = graphBuilder("fusion");
  return { graph: g.build({ y: build(g, g.input("x", image)) }), batch: 2, seed: 1, fills };
}

function convolution(g: GraphBuilder, x: Value, groups = 1, name = "w"): Value {
  return g.conv2d({ x, w: g.parameter(name, [4, 4 / groups, 3, 3]) }, { pads: [1, 1, 1, 1], groups });
}

function norm(g: GraphBuilder, x: Value): Value {
  const statistics = Object.fromEntries(
    ["mean", "variance", "scale", "offset"].map((name) => [name, g.parameter(name, [4])]),
  );
  return g.apply("batchNorm", { x, ...statistics }, { epsilon: 1e-3 });
}

const positive = { variance: { kind: "uniform", low: 0.5, high: 1.5 } } as const;

export function transposesComposed(): GraphFault {
  const composes = (graph: Graph): ReturnType<typeof pairsOf> =>
    pairsOf(graph, (first, second) => first.op === "transpose" && second.op === "transpose");
  return {
    what: "two transposes in a row are composed in the wrong order",
    ops: ["transpose"],
    concerns: (graph) => composes(graph).size > 0,
    create: (isFaulty, id) =>
      withPass(isFaulty, id, ({ graph, parameters }) => ({
        parameters,
        graph: rewritePairs(graph, composes(graph), (first, second, g, valueOf) => {
          if (first.op !== "transpose" || second.op !== "transpose") return undefined;
          const [p, q] = [first.attrs.permutation, second.attrs.permutation];
          const right = q.map((axis) => p[axis]);
          const wrong = p.map((axis) => q[axis]);
          const x = valueOf(first.inputs.x);
          const fits = wrong.every((axis, k) => x.shape[axis] === second.shape[k]);
          return g.transpose({ x }, { permutation: fits ? wrong : right }, second.name);
        }),
      })),
    witness: () => {
      const g = graphBuilder("transposes");
      const x = g.transpose({ x: g.input("x", [3, 3, 3]) }, { permutation: [1, 2, 0] });
      return { graph: g.build({ y: g.transpose({ x }, { permutation: [0, 2, 1] }) }), batch: 1, seed: 1, fills: {} };
    },
  };
}

const turned: readonly (readonly [string, (pads: Pads2d) => Pads2d])[] = [
  ["top and left for bottom and right", ([top, left, bottom, right]) => [bottom, right, top, left]],
  ["height for width", ([top, left, bottom, right]) => [left, top, right, bottom]],
];

export function paddingFused(stream: Stream): GraphFault {
  const target = stream.pick(["conv2d", "maxPool2d", "avgPool2d"] as const);
  const [mistake, turn] = stream.pick(turned);
  const isTaken = (node: { readonly op: string }): boolean => node.op === target;
  const pads = (graph: Graph): ReturnType<typeof pairsOf> =>
    pairsOf(graph, (first, second) => first.op === "pad2d" && isTaken(second));
  const sum = (a: Pads2d, b: Pads2d): Pads2d => [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]];
  return {
    what:
      target === "conv2d"
        ? `pad2d is fused into the conv2d behind it with ${mistake}`
        : `pad2d is fused into the ${target} behind it, whose own padding has another value`,
    ops: ["pad2d", target],
    concerns: (graph) => pads(graph).size > 0,
    create: (isFaulty, id) =>
      withPass(isFaulty, id, ({ graph, parameters }) => ({
        parameters,
        graph: rewritePairs(graph, pads(graph), (first, second, g, valueOf) => {
          if (first.op !== "pad2d") return undefined;
          const x = valueOf(first.inputs.x);
          const own = first.attrs.pads;
          switch (second.op) {
            case "conv2d": {
              const fused = sum(second.attrs.pads, first.attrs.value === 0 ? turn(own) : own);
              const w = valueOf(second.inputs.w);
              const bias = second.inputs.bias === undefined ? {} : { bias: valueOf(second.inputs.bias) };
              return unlessMisshapen(second, () =>
                g.conv2d({ x, w, ...bias }, { ...second.attrs, pads: fused }, second.name),
              );
            }
            case "maxPool2d":
              return poolPads(second.attrs.kernel, sum(second.attrs.pads, own))
                ? g.maxPool2d({ x }, { ...second.attrs, pads: sum(second.attrs.pads, own) }, second.name)
                : undefined;
            case "avgPool2d":
              return poolPads(second.attrs.kernel, sum(second.attrs.pads, own))
                ? g.avgPool2d({ x }, { ...second.attrs, pads: sum(second.attrs.pads, own) }, second.name)
                : undefined;
            default:
              return undefined;
          }
        }),
      })),
    witness: () =>
      network(
        (g, x) => {
          const padded = g.pad2d({ x }, { pads: [1, 0, 0, 1], value: 0 });
          if (target === "conv2d")
            return g.conv2d({ x: padded, w: g.parameter("w", [2, 4, 3, 3]) }, { strides: [2, 2] });
          return g[target]({ x: padded }, { kernel: [2, 2], strides: [2, 2] });
        },
        { x: { kind: "uniform", low: -2, high: -1 } },
      ),
  };
}

/** Turned pads of unequal sums change the shape: the pass then does nothing. */
function unlessMisshapen(node: { readonly shape: Value["shape"] }, make: () => Value): Value | undefined {
  const made = make();
  return made.shape.join() === node.shape.join() ? made : undefined;
}

function poolPads(kernel: readonly number[], [top, left, bottom, right]: Pads2d): boolean {
  return Math.max(top, bottom) < kernel[0] && Math.max(left, right) < kernel[1];
}

export function residualFused(stream: Stream): GraphFault {
  const isGrouped = stream.chance(0.5);
  const adds = (graph: Graph): ReturnType<typeof pairsOf> =>
    pairsOf(
      graph,
      (first, second) => first.op === "conv2d" && second.op === "add" && (!isGrouped || first.attrs.groups > 1),
    );
  return {
    what: `the residual behind a ${isGrouped ? "grouped " : ""}conv2d is fused into it and lost`,
    ops: ["conv2d", "add"],
    concerns: (graph) => adds(graph).size > 0,
    create: (isFaulty, id) =>
      withPass(isFaulty, id, ({ graph, parameters }) => ({
        parameters,
        graph: rewritePairs(graph, adds(graph), (first, second, _g, valueOf) => {
          const fused = valueOf(first.name);
          return fused.shape.join() === second.shape.join() ? fused : undefined;
        }),
      })),
    witness: () => network((g, x) => g.add({ a: convolution(g, x, isGrouped ? 2 : 1), b: x })),
  };
}

export function clipForRelu6(stream: Stream): GraphFault {
  const behind = stream.pick(["conv2d", "linear", "batchNorm", "add"] as const);
  const clips = (graph: Graph): ReturnType<typeof pairsOf> =>
    pairsOf(graph, (first, second) => first.op === behind && second.op === "clip" && isOther(second));
  const isOther = ({ attrs }: NodeOf<"clip">): boolean => attrs.min === 0 && attrs.max !== 6;
  return {
    what: `a clip from 0 behind ${behind} is taken for relu6`,
    ops: [behind, "clip"],
    concerns: (graph) => clips(graph).size > 0,
    create: (isFaulty, id) =>
      withPass(isFaulty, id, ({ graph, parameters }) => ({
        parameters,
        graph: rewritePairs(graph, clips(graph), (first, second, g, valueOf) =>
          g.clip({ x: valueOf(first.name) }, { min: 0, max: 6 }, second.name),
        ),
      })),
    witness: () =>
      network((g, x) => {
        const before = {
          conv2d: () => convolution(g, x),
          linear: () => g.linear({ x, w: g.parameter("w", [3, 6]) }),
          batchNorm: () => norm(g, x),
          add: () => g.add({ a: x, b: x }),
        }[behind]();
        return g.clip({ x: before }, { min: 0, max: 0.5 });
      }, positive),
  };
}

export function normAcrossPool(): GraphFault {
  const norms = (graph: Graph): ReturnType<typeof pairsOf> =>
    pairsOf(graph, (first, second) => first.op === "batchNorm" && second.op === "maxPool2d");
  return {
    what: "a batchNorm before a max pool is moved behind it, also where its scale is negative",
    ops: ["batchNorm", "maxPool2d"],
    concerns: (graph) => norms(graph).size > 0,
    create: (isFaulty, id) =>
      withPass(isFaulty, id, ({ graph, parameters }) => ({
        parameters,
        graph: rewritePairs(graph, norms(graph), (first, second, g, valueOf) => {
          if (first.op !== "batchNorm" || second.op !== "maxPool2d") return undefined;
          const pooled = g.maxPool2d({ x: valueOf(first.inputs.x) }, second.attrs, g.freshName(first.name));
          const statistics = Object.entries(first.inputs).flatMap(([name, value]) =>
            name === "x" || value === undefined ? [] : [[name, valueOf(value)] as const],
          );
          return g.apply("batchNorm", { x: pooled, ...Object.fromEntries(statistics) }, first.attrs, second.name);
        }),
      })),
    witness: () =>
      network((g, x) => g.maxPool2d({ x: norm(g, x) }, { kernel: [2, 2], strides: [2, 2] }), {
        ...positive,
        scale: { kind: "cycle", values: [-1, 1] },
      }),
  };
}

export function sharedWeightFolded(): GraphFault {
  const isShared = (graph: Graph): boolean => {
    const readers = readersOf(graph);
    return (
      graph.nodes.some((node) => node.op === "batchNorm") &&
      graph.nodes.some((node) => node.op === "conv2d" && (readers.get(node.inputs.w) ?? 0) > 1)
    );
  };
  return {
    what: "a batchNorm is folded into a weight in place, though another convolution uses the weight",
    ops: ["conv2d", "batchNorm"],
    concerns: isShared,
    create: (isFaulty, id) =>
      withPass(isFaulty, id, (whole) => {
        const folded = foldBatchNorm.run(whole);
        const before = new Map(whole.graph.nodes.map((node) => [node.name, node]));
        const foldedOf = new Map<string, string>();
        for (const { name } of folded.graph.parameters) {
          const conv = before.get(name.replace(/\.w:folded.*$/u, ""));
          if (name.includes(".w:folded") && conv?.op === "conv2d") foldedOf.set(conv.inputs.w, name);
        }
        const graph = rewriteGraph(folded.graph, (node, g, valueOf) => {
          const other = node.op === "conv2d" ? foldedOf.get(node.inputs.w) : undefined;
          if (node.op !== "conv2d" || other === undefined) return undefined;
          const bias = node.inputs.bias === undefined ? {} : { bias: valueOf(node.inputs.bias) };
          return g.conv2d({ x: valueOf(node.inputs.x), w: valueOf(other), ...bias }, node.attrs, node.name);
        });
        return { graph, parameters: folded.parameters };
      }),
    witness: () =>
      network((g, x) => {
        const w = g.parameter("w", [4, 4, 3, 3]);
        const conv = (value: Value): Value => g.conv2d({ x: value, w }, { pads: [1, 1, 1, 1] });
        return g.add({ a: norm(g, conv(x)), b: g.sigmoid({ x: conv(g.tanh({ x })) }) });
      }, positive),
  };
}

export function constantsFolded(stream: Stream): GraphFault {
  const op = stream.pick(["add", "mul"] as const);
  const isConstant = (graph: Graph, names: readonly string[]): boolean =>
    names.every((name) => graph.parameters.some((parameter) => parameter.name === name));
  return {
    what: `${op} of two parameters is folded when compiling, without broadcasting`,
    ops: [op],
    concerns: (graph) =>
      graph.nodes.some((node) => node.op === op && isConstant(graph, [node.inputs.a, node.inputs.b])),
    create: (isFaulty, id) =>
      withPass(isFaulty, id, ({ graph, parameters }) => {
        const known = { ...parameters };
        const rewritten = rewriteGraph(graph, (node, g) => {
          if (node.op !== op || !isConstant(graph, [node.inputs.a, node.inputs.b])) return undefined;
          const [a, b] = [parameters[node.inputs.a], parameters[node.inputs.b]];
          const extents = node.shape.map(Number);
          const count = extents.reduce((product, extent) => product * extent, 1);
          const data = Float32Array.from({ length: count }, (_, k) => {
            const [left, right] = [a.data[k % a.data.length], b.data[k % b.data.length]];
            return op === "add" ? left + right : left * right;
          });
          const name = g.freshName("folded");
          known[name] = float32(extents, data);
          return g.parameter(name, extents);
        });
        return { graph: rewritten, parameters: known };
      }),
    witness: () =>
      network((g, x) => g.add({ a: x, b: g[op]({ a: g.parameter("a", [4, 7, 6]), b: g.parameter("b", [4, 1, 1]) }) })),
  };
}
