import { graphBuilder, IsoconvError, type Graph, type Results, type Tensor } from "@isoconv/core-spec";
import { hostBackend, wrapBackend, wrapExecutables } from "@isoconv/conformance/faults";
import type { NetworkSpec } from "@isoconv/judge";
import { mapResults } from "../state/map-tensors.js";
import type { Stream } from "../stream.js";
import type { GraphFault } from "./graph.js";

const spec = (graph: Graph): NetworkSpec => ({ graph, batch: 2, seed: 1, fills: {} });

/** A fault in what becomes of a graph's results. */
function resultFault(
  what: string,
  concerns: GraphFault["concerns"],
  change: (results: Results, graph: Graph) => Results,
  witness: GraphFault["witness"],
): GraphFault {
  return {
    what,
    ops: [],
    concerns,
    create: (isFaulty, id) =>
      wrapExecutables(hostBackend(id), (inner) => ({
        run: async (feeds, options) => {
          const results = await inner.run(feeds, options);
          return isFaulty && concerns(inner.graph) ? change(results, inner.graph) : results;
        },
      })),
    witness,
  };
}

/** A fault in which graphs a backend takes. */
function refusalFault(what: string, concerns: GraphFault["concerns"], witness: GraphFault["witness"]): GraphFault {
  return {
    what: `${what} is refused`,
    ops: [],
    concerns,
    create: (isFaulty, id) => {
      const inner = hostBackend(id);
      return wrapBackend(inner, {
        compile: async (graph, parameters, options) => {
          const executable = await inner.compile(graph, parameters, options);
          if (!isFaulty || !concerns(executable.graph)) return executable;
          await executable.dispose();
          throw new IsoconvError("UNSUPPORTED", { what });
        },
      });
    },
    witness,
  };
}

function readNames({ nodes, outputs }: Graph): ReadonlySet<unknown> {
  return new Set([
    ...nodes.flatMap(({ inputs }) => Object.values(inputs).flat()),
    ...outputs.map(({ value }) => value),
  ]);
}

export function manyOutputs(stream: Stream): GraphFault {
  const most = stream.logInteger(2, 64);
  return resultFault(
    `outputs after the ${most}th are zeros`,
    ({ outputs }) => outputs.length > most,
    (results, { outputs }) => {
      const late = new Set(outputs.slice(most).map(({ name }) => name));
      return mapResults(results, (value, _index, name) => (late.has(name) ? 0 : value));
    },
    () => {
      const g = graphBuilder("many-outputs");
      const x = g.input("x", ["N", 2]);
      return spec(g.build(Array.from({ length: most + 1 }, (_, k) => [`y${k}`, g.sigmoid({ x })] as const)));
    },
  );
}

const rankOf = (tensor: Tensor): number => tensor.shape.length;

export function outputsMixed(stream: Stream): GraphFault {
  const [what, order, witness] = stream.pick([
    [
      "outputs are returned in the alphabetical order of their names",
      (names: readonly string[]) => names.toSorted(),
      ["z", "a"],
    ],
    [
      "the last two outputs are swapped",
      (names: readonly string[]) => [...names.slice(0, -2), ...names.slice(-2).toReversed()],
      ["a", "z"],
    ],
    ["outputs are returned in the order of the nodes that make them", undefined, ["a", "z"]],
  ] as const);
  return resultFault(
    what,
    ({ outputs }) => outputs.length > 1,
    (results, { nodes, outputs }) => {
      const names = outputs.map(({ name }) => name);
      const position = (name: string): number => {
        const { value } = outputs.find((output) => output.name === name) ?? {};
        return nodes.findIndex((node) => node.name === value);
      };
      const mixed = order === undefined ? names.toSorted((a, b) => position(a) - position(b)) : order(names);
      return Object.fromEntries(names.map((name, k) => [name, results[mixed[k]]]));
    },
    () => {
      const g = graphBuilder("mixed");
      const x = g.input("x", ["N", 2, 3]);
      const [first, second] = [g.sigmoid({ x }), g.flatten({ x: g.tanh({ x }) })];
      return spec(g.build([[witness[0], second] as const, [witness[1], first] as const]));
    },
  );
}

export function twoOfOneValue(): GraphFault {
  const repeats = ({ outputs }: Graph): boolean => new Set(outputs.map(({ value }) => value)).size < outputs.length;
  return resultFault(
    "of two outputs of one value the second is zeros",
    repeats,
    (results, { outputs }) => {
      const second = new Set(
        outputs
          .filter(({ value }, k) => outputs.findIndex((output) => output.value === value) < k)
          .map(({ name }) => name),
      );
      return mapResults(results, (value, _index, name) => (second.has(name) ? 0 : value));
    },
    () => {
      const g = graphBuilder("twice");
      const y = g.sigmoid({ x: g.input("x", ["N", 3]) });
      return spec(g.build({ first: y, second: y }));
    },
  );
}

export function ranksOfOutputs(): GraphFault {
  return resultFault(
    "where outputs have different ranks, all get the first one's",
    ({ outputs }) => outputs.length > 1,
    (results) => {
      const [first] = Object.values(results);
      return Object.fromEntries(
        Object.entries(results).map(([name, tensor]) => [
          name,
          rankOf(tensor) > rankOf(first) && rankOf(first) > 0
            ? {
                ...tensor,
                shape: [
                  ...tensor.shape.slice(0, rankOf(first) - 1),
                  tensor.shape.slice(rankOf(first) - 1).reduce((a, b) => a * b, 1),
                ],
              }
            : tensor,
        ]),
      );
    },
    () => {
      const g = graphBuilder("ranks");
      const x = g.input("x", ["N", 2, 3]);
      return spec(g.build({ flat: g.flatten({ x }), whole: g.sigmoid({ x }) }));
    },
  );
}

export function inputAsOutput(stream: Stream): GraphFault {
  const isParameter = stream.chance(0.5);
  const values = (graph: Graph): ReadonlySet<string> =>
    new Set((isParameter ? graph.parameters : graph.inputs).map(({ name }) => name));
  return resultFault(
    `${isParameter ? "a parameter" : "an input"} that is an output is returned as zeros`,
    (graph) => graph.outputs.some(({ value }) => values(graph).has(value)),
    (results, graph) => {
      const passed = new Set(graph.outputs.filter(({ value }) => values(graph).has(value)).map(({ name }) => name));
      return mapResults(results, (value, _index, name) => (passed.has(name) ? 0 : value));
    },
    () => {
      const g = graphBuilder("passed");
      const x = g.input("x", ["N", 3]);
      return spec(g.build({ y: g.relu({ x }), same: isParameter ? g.parameter("p", [3]) : x }));
    },
  );
}

export function unusedRefused(stream: Stream): GraphFault {
  const kind = stream.pick(["inputs", "parameters"] as const);
  return refusalFault(
    `a graph with unused ${kind}`,
    (graph) => graph[kind].some(({ name }) => !readNames(graph).has(name)),
    () => {
      const g = graphBuilder("unused");
      if (kind === "inputs") g.input("unused", ["N", 2]);
      else g.parameter("unused", [2]);
      return spec(g.build({ y: g.relu({ x: g.input("x", ["N", 3]) }) }));
    },
  );
}

export function unusedPruned(): GraphFault {
  const unused = (graph: Graph): readonly string[] =>
    graph.inputs.map(({ name }) => name).filter((name) => !readNames(graph).has(name));
  return {
    what: "unused inputs are pruned, and their feeds refused",
    ops: [],
    concerns: (graph) => unused(graph).length > 0,
    create: (isFaulty, id) =>
      wrapExecutables(hostBackend(id), (inner) => ({
        run: async (feeds, options) => {
          const results = await inner.run(feeds, options);
          const [first] = unused(inner.graph);
          if (!isFaulty || first === undefined) return results;
          throw new IsoconvError("INVALID_FEED", { path: first, what: "no such input" });
        },
      })),
    witness: () => {
      const g = graphBuilder("pruned");
      g.input("unused", ["N", 2]);
      return spec(g.build({ y: g.relu({ x: g.input("x", ["N", 3]) }) }));
    },
  };
}

export function emptyRefused(): GraphFault {
  return refusalFault(
    "a graph without nodes",
    ({ nodes }) => nodes.length === 0,
    () => {
      const g = graphBuilder("empty");
      return spec(g.build({ y: g.input("x", ["N", 3]) }));
    },
  );
}

export function computedWeightsRefused(stream: Stream): GraphFault {
  const from = stream.pick(["computed", "fed"] as const);
  const weighs = (graph: Graph): boolean => {
    const origin = new Set((from === "fed" ? graph.inputs : graph.nodes).map(({ name }) => name));
    return graph.nodes.some(({ inputs }) => "w" in inputs && origin.has(inputs.w));
  };
  return refusalFault(`a graph whose weights are ${from}`, weighs, () => {
    const g = graphBuilder("weights");
    const w = from === "fed" ? g.input("w", [2, 3]) : g.tanh({ x: g.parameter("p", [2, 3]) });
    return spec(g.build({ y: g.linear({ x: g.input("x", ["N", 3]), w }) }));
  });
}
