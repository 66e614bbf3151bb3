import {
  bindShape,
  exposeValues,
  formatShape,
  graphToJson,
  shapesOf,
  type Graph,
  type Tensor,
} from "@isoconv/core-spec";
import { tapsOf } from "@isoconv/judge";
import { passThrough, passThroughOps, pipeline, pipelineOps } from "./networks.js";
import type { Contract, Observation } from "./promise.js";

/** Contracts about results and the graph of an executable. */
export const results = {
  "results-are-the-outputs": {
    promise: "Results are exactly the graph's outputs, each a plain float32 tensor of its shape",
    ops: pipelineOps,
    async *observe({ compile, fill }) {
      for (const batch of [2, 0]) {
        const network = fill(pipeline({ batch }));
        const executable = await compile(network);
        const got = await executable.run(network.feeds);
        const { outputs } = network.graph;
        yield {
          what: "the results' names",
          expected: listed(outputs.map(({ name }) => name)),
          got: listed(Object.keys(got)),
        };
        const shapes = shapesOf(network.graph);
        for (const { name, value } of outputs) {
          yield* isPlain(name, bindShape(shapes.get(value) ?? [], batch), got[name]);
        }
      }
    },
  },
  "pass-through-results-are-plain": {
    promise: "Outputs that only pass a value on are plain float32 tensors of their own shapes",
    ops: passThroughOps,
    async *observe({ compile, fill }) {
      const network = fill(passThrough());
      const executable = await compile(network);
      const got = await executable.run(network.feeds);
      const shapes = shapesOf(network.graph);
      for (const { name, value } of network.graph.outputs)
        yield* isPlain(name, bindShape(shapes.get(value) ?? [], 2), got[name]);
    },
  },
  "taps-appear-by-name": {
    promise: "Taps are returned beside the outputs by their own names, and leave the outputs as they were",
    ops: pipelineOps,
    async *observe({ compile, fill, judge }) {
      const network = fill(pipeline());
      const taps = [...tapsOf(network.graph), "x"];
      const executable = await compile(network, { taps });
      const tapped = { ...network, graph: exposeValues(network.graph, taps) };
      const got = await executable.run(network.feeds);
      const expected = listed(tapped.graph.outputs.map(({ name }) => name));
      yield { what: "the results' names", expected, got: listed(Object.keys(got)) };
      yield await judge("the results", tapped, got);
    },
  },
  "graph-is-the-one-written": {
    promise: "An executable's graph is the one given to compile, with taps among its outputs",
    ops: pipelineOps,
    async *observe({ compile, fill }) {
      const network = fill(pipeline());
      const plain = await compile(network);
      yield { what: "the graph", expected: written(network.graph), got: written(plain.graph) };
      const taps = tapsOf(network.graph);
      const tapped = await compile(network, { taps });
      const expected = written(exposeValues(network.graph, taps));
      yield { what: "the graph with taps", expected, got: written(tapped.graph) };
    },
  },
  "passes-leave-results-alone": {
    promise: "A graph compiled as written (`passes: []`) gives the right results as well",
    ops: pipelineOps,
    async *observe({ compile, fill, judge }) {
      const network = fill(pipeline());
      const executable = await compile(network, { passes: [] });
      yield await judge("the results", network, await executable.run(network.feeds));
    },
  },
} satisfies Record<string, Contract>;

function* isPlain(name: string, shape: readonly number[], tensor: Tensor | undefined): Generator<Observation> {
  const what = `result "${name}"`;
  yield { what: `${what}'s dtype`, expected: "float32", got: String(tensor?.dtype) };
  const array = tensor?.data;
  const prototype: unknown = array === undefined ? undefined : Object.getPrototypeOf(array);
  yield {
    what: `${what}'s data`,
    expected: "a plain Float32Array",
    got: prototype === Float32Array.prototype ? "a plain Float32Array" : "another kind of array",
  };
  const got = Array.isArray(tensor?.shape) ? formatShape(tensor.shape) : typeof tensor?.shape;
  yield { what: `${what}'s shape`, expected: formatShape(shape), got };
  const count = shape.reduce((product, extent) => product * extent, 1);
  yield { what: `${what}'s element count`, expected: String(count), got: String(array?.length) };
}

function listed(names: readonly string[]): string {
  return names.toSorted().join(", ");
}

/** Sorts the outputs, because results are accessed by name. */
function written(graph: Graph): string {
  const outputs = graph.outputs.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return JSON.stringify(graphToJson({ ...graph, outputs }));
}
