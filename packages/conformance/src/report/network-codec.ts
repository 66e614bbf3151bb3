import {
  elementCount,
  graphFromJson,
  graphToJson,
  isIsoconvError,
  type Graph,
  type Tensor,
  type Tensors,
} from "@isoconv/core-spec";
import type { Fill, FilledNetwork, NetworkSpec } from "@isoconv/judge";
import {
  byKind,
  count,
  eitherOf,
  list,
  number,
  object,
  oneOf,
  optional,
  record,
  recursive,
  wrong,
  type Codec,
} from "./codec.js";

const graph: Codec<Graph> = {
  schema: {
    type: "object",
    description: "A graph as core-spec's graphToJson writes it.",
    properties: { format: { const: "isoconv-graph" }, version: { const: 1 } },
    required: ["format", "version", "name", "inputs", "parameters", "nodes", "outputs"],
  },
  write: graphToJson,
  read: (json, path) => {
    try {
      return graphFromJson(json);
    } catch (error) {
      return wrong(path, isIsoconvError(error) ? `a graph (${error.message})` : "a graph", json);
    }
  },
};

/** How a tensor is filled. */
export const fill: Codec<Fill> = byKind<Fill>({
  uniform: object({ kind: oneOf(["uniform"]), low: number, high: number }),
  lattice: object({ kind: oneOf(["lattice"]) }),
  integers: object({ kind: oneOf(["integers"]), terms: count, factors: count }),
  factors: object({ kind: oneOf(["factors"]), terms: count, axis: count, of: count, wide: oneOf([0, 1]) }),
  cycle: object({ kind: oneOf(["cycle"]), values: list(number) }),
  sweep: object({ kind: oneOf(["sweep"]), from: number, to: number }),
  patched: object({
    kind: oneOf(["patched"]),
    base: recursive("fill", () => fill),
    patches: list(object({ index: count, value: number })),
  }),
  repeated: object({ kind: oneOf(["repeated"]), base: recursive("fill", () => fill), count }),
  interspersed: object<Extract<Fill, { readonly kind: "interspersed" }>>({
    kind: oneOf(["interspersed"]),
    base: recursive("fill", () => fill),
    values: list(number),
    period: count,
    start: optional(count),
  }),
  interleaved: object({
    kind: oneOf(["interleaved"]),
    fills: list(recursive("fill", () => fill)),
    run: count,
  }),
});

const spec: Codec<NetworkSpec> = object<NetworkSpec>({
  graph,
  batch: count,
  seed: count,
  fills: record(recursive("fill", () => fill)),
});

interface TensorJson {
  readonly dtype: Tensor["dtype"];
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

const tensorJson: Codec<TensorJson> = object<TensorJson>({
  dtype: oneOf(["float32", "int32"]),
  shape: list(count),
  data: list(number),
});

const tensor: Codec<Tensor> = {
  schema: tensorJson.schema,
  write: ({ dtype, shape, data }) => tensorJson.write({ dtype, shape, data: Array.from(data) }),
  read: (json, path) => {
    const { dtype, shape, data } = tensorJson.read(json, path);
    if (data.length !== elementCount(shape)) wrong(`${path}.data`, `${elementCount(shape)} elements`, data.length);
    return dtype === "float32"
      ? { dtype, shape, data: Float32Array.from(data) }
      : { dtype, shape, data: Int32Array.from(data) };
  },
};

const filled: Codec<FilledNetwork> = object<FilledNetwork>({
  graph,
  parameters: record(tensor),
  feeds: record(tensor),
});

/** A network: a recipe, or with its tensors. */
export const network: Codec<NetworkSpec | FilledNetwork> = eitherOf(
  spec,
  filled,
  isSpec,
  (json) => json !== undefined && "fills" in json,
);

/** Whether a network is a recipe. */
export function isSpec(network: NetworkSpec | FilledNetwork): network is NetworkSpec {
  return "fills" in network;
}

/** The most elements of a network in a report. */
const MOST_ELEMENTS = 16_384;

/** Whether a network is small enough for a report. Larger ones are left out; replaying the case finds them again. */
export function isSmall(network: NetworkSpec | FilledNetwork): boolean {
  if (isSpec(network)) return true;
  return elementsIn(network.parameters) + elementsIn(network.feeds) <= MOST_ELEMENTS;
}

function elementsIn(tensors: Tensors): number {
  return Object.values(tensors).reduce((sum, { data }) => sum + data.length, 0);
}
