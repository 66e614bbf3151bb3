import { graphBuilder, listOperands, rewriteGraph, sameShape, type Value } from "@isoconv/core-spec";
import type { NetworkSpec } from "@isoconv/judge";
import type { Stream } from "../stream.js";
import type { GraphFault } from "./graph.js";
import { readersOf, withOperands, zerosLike, withPass } from "./rewriting.js";

const spec = (graph: NetworkSpec["graph"]): NetworkSpec => ({ graph, batch: 2, seed: 1, fills: {} });

/** A chain of alternating sigmoids and scalings; `step` makes one node of the value before. */
function chain(
  length: number,
  end: (g: ReturnType<typeof graphBuilder>, first: Value, last: Value) => Value,
): NetworkSpec {
  const g = graphBuilder("chain");
  const first = g.input("x", ["N", 3]);
  let value = first;
  for (let k = 0; k < length; k += 1)
    value = k % 2 === 0 ? g.leakyRelu({ x: value }, { slope: 0.5 }) : g.tanh({ x: value });
  return spec(g.build({ y: end(g, first, value) }));
}

export function buffersReused(stream: Stream): GraphFault {
  const distance = stream.logInteger(4, 128);
  return {
    what: `a value is overwritten by the node ${distance} after it, if that has its shape`,
    ops: [],
    concerns: ({ nodes }) => nodes.length > distance,
    create: (isFaulty, id) =>
      withPass(isFaulty, id, ({ graph, parameters }) => {
        const at = new Map(graph.nodes.map(({ name }, index) => [name, index]));
        const rewritten = rewriteGraph(graph, (node, g, valueOf) => {
          const now = at.get(node.name) ?? 0;
          return withOperands(node, g, (name) => {
            const made = at.get(name);
            const later = made === undefined ? undefined : graph.nodes[made + distance];
            const own = valueOf(name);
            if (made === undefined || later === undefined || made + distance >= now) return own;
            return sameShape(later.shape, own.shape) ? valueOf(later.name) : own;
          });
        });
        return { graph: rewritten, parameters };
      }),
    witness: () =>
      chain(1, (g, _first, kept) => {
        let value = kept;
        for (let k = 0; k <= distance; k += 1) value = g.sigmoid({ x: value });
        return g.add({ a: value, b: kept });
      }),
  };
}

export function deepActivation(stream: Stream): GraphFault {
  const depth = stream.logInteger(6, 256);
  const op = stream.pick(["relu", "sigmoid", "tanh", "clip", "leakyRelu"] as const);
  return {
    what: `${op} is dropped from node ${depth} of a graph on`,
    ops: [op],
    concerns: ({ nodes }) => nodes.slice(depth).some((node) => node.op === op),
    create: (isFaulty, id) =>
      withPass(isFaulty, id, ({ graph, parameters }) => {
        const late = new Set(graph.nodes.slice(depth).map(({ name }) => name));
        const rewritten = rewriteGraph(graph, (node, _g, valueOf) =>
          node.op === op && late.has(node.name) ? valueOf(node.inputs.x) : undefined,
        );
        return { graph: rewritten, parameters };
      }),
    witness: () =>
      chain(depth, (g, first, last) => {
        const x = g.add({ a: last, b: first });
        return op === "clip" ? g.clip({ x }, { min: 0, max: 0.25 }) : g[op]({ x });
      }),
  };
}

export function manyReaders(stream: Stream): GraphFault {
  const most = stream.logInteger(2, 32);
  return {
    what: `readers of a value after the ${most}th read zeros`,
    ops: [],
    concerns: (graph) => [...readersOf(graph).values()].some((count) => count > most),
    create: (isFaulty, id) =>
      withPass(isFaulty, id, ({ graph, parameters }) => {
        const reads = new Map<string, number>();
        const fixed = new Set(graph.parameters.map(({ name }) => name));
        const rewritten = rewriteGraph(graph, (node, g, valueOf) =>
          withOperands(node, g, (name) => {
            const count = (reads.get(name) ?? 0) + 1;
            reads.set(name, count);
            return count > most && !fixed.has(name) ? zerosLike(g, valueOf(name)) : valueOf(name);
          }),
        );
        return { graph: rewritten, parameters };
      }),
    witness: () => {
      const g = graphBuilder("many-readers");
      const x = g.input("x", ["N", 3]);
      const read = Array.from({ length: most + 1 }, () => g.sigmoid({ x }));
      return spec(g.build({ y: g.concat({ xs: read }, { axis: 1 }) }));
    },
  };
}

export function wideConcat(stream: Stream): GraphFault {
  const most = stream.logInteger(2, 24);
  return {
    what: `concat of more than ${most} values repeats the ${most}th`,
    ops: ["concat"],
    concerns: ({ nodes }) =>
      nodes.some(({ op, inputs }) => op === "concat" && listOperands<string>(inputs).length > most),
    create: (isFaulty, id) =>
      withPass(isFaulty, id, ({ graph, parameters }) => {
        const rewritten = rewriteGraph(graph, (node, g, valueOf) => {
          if (node.op !== "concat" || node.inputs.xs.length <= most) return undefined;
          const kept = valueOf(node.inputs.xs[most - 1]);
          const xs = node.inputs.xs
            .map(valueOf)
            .map((value, k) => (k >= most && sameShape(value.shape, kept.shape) ? kept : value));
          return g.concat({ xs }, node.attrs, node.name);
        });
        return { graph: rewritten, parameters };
      }),
    witness: () => {
      const g = graphBuilder("wide-concat");
      const xs = Array.from({ length: most + 1 }, (_, k) => g.input(`x${k}`, ["N", 2]));
      return spec(g.build({ y: g.concat({ xs }, { axis: 1 }) }));
    },
  };
}
