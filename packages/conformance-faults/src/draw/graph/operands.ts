import { graphBuilder, rewriteGraph, type Node } from "@isoconv/core-spec";
import type { Stream } from "../stream.js";
import type { GraphFault } from "./graph.js";
import { zerosLike, withPass } from "./rewriting.js";

const isSame = (node: Node): boolean => (node.op === "add" || node.op === "mul") && node.inputs.a === node.inputs.b;

export function sameOperandTwice(stream: Stream): GraphFault {
  const op = stream.pick(["add", "mul"] as const);
  return {
    what: `${op} of a value and itself returns the value: the second operand is overwritten first`,
    ops: [op],
    concerns: ({ nodes }) => nodes.some((node) => node.op === op && isSame(node)),
    create: (isFaulty, id) =>
      withPass(isFaulty, id, ({ graph, parameters }) => ({
        parameters,
        graph: rewriteGraph(graph, (node, _g, valueOf) =>
          node.op === op && isSame(node) ? valueOf(node.inputs.a) : undefined,
        ),
      })),
    witness: () => {
      const g = graphBuilder("twice");
      const x = g.input("x", ["N", 3]);
      return { graph: g.build({ y: g[op]({ a: x, b: x }) }), batch: 2, seed: 1, fills: {} };
    },
  };
}

export function concatOfSame(): GraphFault {
  return {
    what: "concat of a value and itself has zeros for the second",
    ops: ["concat"],
    concerns: ({ nodes }) =>
      nodes.some((node) => node.op === "concat" && new Set(node.inputs.xs).size < node.inputs.xs.length),
    create: (isFaulty, id) =>
      withPass(isFaulty, id, ({ graph, parameters }) => ({
        parameters,
        graph: rewriteGraph(graph, (node, g, valueOf) => {
          if (node.op !== "concat" || new Set(node.inputs.xs).size === node.inputs.xs.length) return undefined;
          const xs = node.inputs.xs.map((name, k) =>
            node.inputs.xs.indexOf(name) < k ? zerosLike(g, valueOf(name)) : valueOf(name),
          );
          return g.concat({ xs }, node.attrs, node.name);
        }),
      })),
    witness: () => {
      const g = graphBuilder("same");
      const x = g.input("x", ["N", 3]);
      return { graph: g.build({ y: g.concat({ xs: [x, x] }, { axis: 1 }) }), batch: 2, seed: 1, fills: {} };
    },
  };
}

const operandsOf = { conv2d: "bias", linear: "bias", convTranspose2d: "bias" } as const;

export function operandDropped(stream: Stream): GraphFault {
  const op = stream.pick(["conv2d", "linear", "convTranspose2d"] as const);
  const key = operandsOf[op];
  const isComputed = (node: Node, computed: ReadonlySet<string>): boolean =>
    node.op === op && node.inputs[key] !== undefined && computed.has(node.inputs[key]);
  return {
    what: `a ${key} of ${op} that a node computes is ignored`,
    ops: [op],
    concerns: ({ nodes }) => {
      const computed = new Set(nodes.map(({ name }) => name));
      return nodes.some((node) => isComputed(node, computed));
    },
    create: (isFaulty, id) =>
      withPass(isFaulty, id, ({ graph, parameters }) => {
        const computed = new Set(graph.nodes.map(({ name }) => name));
        const rewritten = rewriteGraph(graph, (node, g, valueOf) => {
          if (node.op !== op || !isComputed(node, computed)) return undefined;
          return g.apply(op, { x: valueOf(node.inputs.x), w: valueOf(node.inputs.w) }, node.attrs, node.name);
        });
        return { graph: rewritten, parameters };
      }),
    witness: () => {
      const g = graphBuilder("computed");
      const bias = g.sigmoid({ x: g.parameter("p", [2]) });
      const y =
        op === "linear"
          ? g.linear({ x: g.input("x", ["N", 3]), w: g.parameter("w", [2, 3]), bias })
          : g[op]({ x: g.input("x", ["N", 2, 3, 3]), w: g.parameter("w", [2, 2, 2, 2]), bias });
      return { graph: g.build({ y }), batch: 2, seed: 1, fills: {} };
    },
  };
}
