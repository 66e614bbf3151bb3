import { graphBuilder, type Graph, type Tensors } from "@isoconv/core-spec";
import { hostBackend, wrapBackend, wrapExecutables } from "@isoconv/conformance/faults";
import type { NetworkSpec } from "@isoconv/judge";
import { mapTensors } from "../state/map-tensors.js";
import type { Stream } from "../stream.js";
import type { GraphFault } from "./graph.js";

const spec = (graph: Graph): NetworkSpec => ({ graph, batch: 2, seed: 1, fills: {} });

type Place = "inputs" | "parameters" | "outputs";

/** The backend with feeds, parameters or results changed by name. */
function renamed(
  place: Place,
  concerns: GraphFault["concerns"],
  change: (tensors: Tensors) => Tensors,
): GraphFault["create"] {
  return (isFaulty, id) => {
    const inner = hostBackend(id);
    if (!isFaulty) return inner;
    const when = (graph: Graph, tensors: Tensors): Tensors => (concerns(graph) ? change(tensors) : tensors);
    switch (place) {
      case "parameters":
        return wrapBackend(inner, {
          compile: (graph, parameters, options) =>
            inner.compile(graph, isGraph(graph) ? when(graph, parameters) : parameters, options),
        });
      case "inputs":
        return wrapExecutables(inner, (executable) => ({
          run: (feeds, options) => executable.run(when(executable.graph, feeds), options),
        }));
      case "outputs":
        return wrapExecutables(inner, (executable) => ({
          run: async (feeds, options) => when(executable.graph, await executable.run(feeds, options)),
        }));
    }
  };
}

/** Callers may pass anything; validation is the inner backend's. */
function isGraph(graph: Graph): boolean {
  return Array.isArray(graph?.inputs) && Array.isArray(graph.parameters) && Array.isArray(graph.outputs);
}

function witnessOf(place: Place, first: string, second: string): NetworkSpec {
  const g = graphBuilder("names");
  const value = (name: string): ReturnType<typeof g.input> =>
    place === "parameters" ? g.parameter(name, [2, 3]) : g.input(place === "inputs" ? name : `in-${name}`, [2, 3]);
  const [a, b] = [g.sigmoid({ x: value(first) }), g.tanh({ x: value(second) })];
  return spec(
    place === "outputs"
      ? g.build([[first, a] as const, [second, b] as const])
      : g.build({ y: g.concat({ xs: [a, b] }, { axis: 1 }) }),
  );
}

const escapes = [
  ["a dot", /\./gu, "a.b"],
  ["a slash", /\//gu, "a/b"],
  ["a colon", /:/gu, "a:b"],
  ["a hyphen", /-/gu, "a-b"],
  ["any sign", /\W/gu, "a/b"],
] as const;

export function escapedNames(stream: Stream): GraphFault {
  const place = stream.pick(["inputs", "parameters", "outputs"] as const);
  const [what, pattern, example] = stream.pick(escapes);
  const escape = (name: string): string => name.replaceAll(pattern, "_");
  const collide = (names: readonly string[]): boolean => new Set(names.map(escape)).size < names.length;
  const concerns = (graph: Graph): boolean => collide(graph[place].map(({ name }) => name));
  return {
    what: `${place} whose names are equal with _ for ${what} get one value`,
    ops: [],
    concerns,
    create: renamed(place, concerns, (tensors) => {
      const known = new Map<string, Tensors[string]>();
      return mapTensors(tensors, (tensor, name) => {
        const kept = known.get(escape(name)) ?? tensor;
        known.set(escape(name), kept);
        return kept.data.length === tensor.data.length ? { ...tensor, data: Float32Array.from(kept.data) } : tensor;
      });
    }),
    witness: () => witnessOf(place, example, "a_b"),
  };
}

export function inheritedNames(stream: Stream): GraphFault {
  const place = stream.pick(["inputs", "parameters", "outputs"] as const);
  const name = stream.pick(["constructor", "toString", "valueOf", "hasOwnProperty"] as const);
  const concerns = (graph: Graph): boolean => graph[place].some((value) => value.name === name);
  return {
    what: `the ${place} named "${name}", as on Object.prototype, are read as zeros`,
    ops: [],
    concerns,
    create: renamed(place, concerns, (tensors) =>
      mapTensors(tensors, (tensor, key) =>
        key === name ? { ...tensor, data: new Float32Array(tensor.data.length) } : tensor,
      ),
    ),
    witness: () => witnessOf(place, name, "other"),
  };
}

export function longNames(stream: Stream): GraphFault {
  const place = stream.pick(["inputs", "parameters", "outputs"] as const);
  const length = stream.logInteger(8, 255);
  const cut = (name: string): string => name.slice(0, length);
  const concerns = (graph: Graph): boolean => {
    const names = graph[place].map((value) => value.name);
    return new Set(names.map(cut)).size < names.length;
  };
  return {
    what: `${place} whose names share ${length} characters get one value`,
    ops: [],
    concerns,
    create: renamed(place, concerns, (tensors) => {
      const known = new Map<string, Tensors[string]>();
      return mapTensors(tensors, (tensor, name) => {
        const kept = known.get(cut(name)) ?? tensor;
        known.set(cut(name), kept);
        return kept.data.length === tensor.data.length ? { ...tensor, data: Float32Array.from(kept.data) } : tensor;
      });
    }),
    witness: () => witnessOf(place, "n".repeat(length), `${"n".repeat(length)}2`),
  };
}
