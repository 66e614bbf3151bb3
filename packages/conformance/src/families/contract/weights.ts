import { definitionOf, graphBuilder, opNames, type Graph, type OpName } from "@isoconv/core-spec";
import { exampleNetwork, fillsFor, type NetworkSpec } from "@isoconv/judge";
import { lackOf } from "../lack.js";
import { onLattice } from "./networks.js";
import type { Contract, Stage } from "./promise.js";

/** Operations with operands that are usually parameters. */
const weighted = opNames.filter((op) =>
  Object.values(definitionOf(op).inputs).some(({ role }) => role === "parameter"),
);

/** Contracts about weights that are not parameters, and data that are. */
export const weights = {
  "weights-may-be-inputs": {
    promise: "Weights, biases and statistics may be fed, others in every run",
    ops: [],
    async *observe(stage) {
      const { fill } = stage;
      for (const op of weighted.filter((each) => supports(stage, each))) {
        const open = fedEverything(exampleNetwork(op, `fed-${op}`));
        const executable = await stage.compile(fill(open));
        for (const seed of [1, 2, 3, 1]) {
          const own = fill({ ...open, seed });
          yield await stage.judgeWithin(`${op} with weights ${seed}`, own, await executable.run(own.feeds));
        }
        await executable.dispose();
      }
    },
  },
  "weights-may-be-computed": {
    promise: "Weights may be computed by other nodes, from parameters or from inputs",
    ops: ["conv2d", "linear", "add", "mul"],
    async *observe({ compile, fill, judge }) {
      const network = computedWeights();
      const executable = await compile(fill(network));
      for (const seed of [1, 2, 1]) {
        // The executable has the parameters of seed 1.
        const own = { ...fill(network), feeds: fill({ ...network, seed }).feeds };
        yield await judge(`the result of feeds ${seed}`, own, await executable.run(own.feeds));
      }
    },
  },
  "inputs-may-be-parameters": {
    promise: "Every operand of an operation may be a parameter",
    ops: [],
    async *observe(stage) {
      for (const op of opNames.filter((each) => supports(stage, each))) {
        const network = stage.fill(fixedEverything(exampleNetwork(op, `fixed-${op}`)));
        const executable = await stage.compile(network);
        for (const run of ["first", "second"]) {
          yield await stage.judgeWithin(`${op}'s ${run} result`, network, await executable.run({}));
        }
        await executable.dispose();
      }
    },
  },
} satisfies Record<string, Contract>;

/** Whether a backend supports an operation's example. */
export function supports({ capabilities }: Pick<Stage, "capabilities">, op: OpName): boolean {
  return lackOf(op, op, capabilities) === undefined;
}

/** The network of one node with its parameters as inputs. */
function fedEverything(network: NetworkSpec): NetworkSpec {
  return rebuilt(network, ({ inputs, parameters }) => ({ inputs: [...inputs, ...parameters], parameters: [] }));
}

/** The network of one node with its inputs, at batch 2, as parameters. */
function fixedEverything(network: NetworkSpec): NetworkSpec {
  return rebuilt(network, ({ inputs, parameters }) => ({ inputs: [], parameters: [...inputs, ...parameters] }));
}

function rebuilt(network: NetworkSpec, split: (graph: Graph) => Pick<Graph, "inputs" | "parameters">): NetworkSpec {
  const { graph, batch } = network;
  const { inputs, parameters } = split(graph);
  const g = graphBuilder(graph.name);
  const values = new Map([
    ...inputs.map(({ name, shape }) => [name, g.input(name, shape)] as const),
    ...parameters.map(
      ({ name, shape }) =>
        [
          name,
          g.parameter(
            name,
            shape.map((extent) => (extent === "N" ? batch : extent)),
          ),
        ] as const,
    ),
  ]);
  const [node] = graph.nodes;
  if (node === undefined) throw new Error(`"${graph.name}" has no node`);
  const take = (name: string) => {
    const value = values.get(name);
    if (value === undefined) throw new Error(`"${graph.name}" has no value "${name}"`);
    return value;
  };
  const operands = Object.fromEntries(
    Object.entries(node.inputs).map(([operand, names]) => [
      operand,
      typeof names === "string" ? take(names) : names?.map(take),
    ]),
  );
  const y = g.apply(node.op, operands, node.attrs, "y");
  return { ...network, graph: g.build({ y }), fills: { ...fillsFor(values.keys()), ...network.fills } };
}

/** A convolution with w = a + b of parameters, and a linear layer with w = c · input. */
function computedWeights(): NetworkSpec {
  const g = graphBuilder("contract-computed-weights");
  const x = g.input("x", ["N", 2, 4, 4]);
  const w = g.add({ a: g.parameter("a", [3, 2, 3, 3]), b: g.parameter("b", [3, 2, 3, 3]) }, {}, "w");
  const features = g.conv2d({ x, w }, { pads: [1, 1, 1, 1] }, "features");
  const v = g.mul({ a: g.parameter("c", [4, 5]), b: g.input("factor", [4, 5]) }, {}, "v");
  const scores = g.linear({ x: g.input("row", ["N", 5]), w: v }, undefined, "scores");
  return onLattice(g.build({ features, scores }), 1, 2);
}
