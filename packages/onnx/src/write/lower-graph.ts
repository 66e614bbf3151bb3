import {
  applyHandler,
  checkOptions,
  decompose,
  inDomain,
  IsoconvError,
  listOperands,
  opNames,
  type Graph,
  type KnownOptions,
  type OpName,
  type Parameters,
} from "@isoconv/core-spec";
import { encodeModel } from "../model/protos.js";
import { valueInfo } from "../model/tensors.js";
import { IR_VERSION, OPSET } from "../model/version.js";
import { Emitter } from "./emitter.js";
import { lowerEmpty } from "./empty.js";
import { chooseNames, MARK } from "./names.js";
import type { Bytes, ExternalData } from "./external-data.js";
import { lowerParameters } from "./parameters.js";
import type { OnnxTable, Operand, Reader } from "./lowering-site.js";
import { loweringTable } from "./table.js";

export interface LowerOptions {
  /** Parameters are stored beside the model if together they exceed this many bytes; 64 MiB by default. */
  readonly externalDataThreshold?: number | undefined;
  /** How operations are emitted; by default for ONNX Runtime's kernels for the CPU. */
  readonly table?: OnnxTable | undefined;
}

/** A graph as an ONNX model. */
export interface LoweredGraph {
  /** The encoded `ModelProto`. */
  readonly model: Bytes;
  /** Large parameters, as views of the caller's memory; empty for small models. */
  readonly externalData: readonly ExternalData[];
  /** The model's inputs, with the graph's names. */
  readonly inputs: readonly string[];
  /** The graph's outputs in order; `tensor` differs from `name` where an input or a parameter has that name. */
  readonly outputs: readonly { readonly name: string; readonly tensor: string }[];
  /** Total bytes of the parameters in use. */
  readonly parameterBytes: number;
}

const EXTERNAL_DATA_THRESHOLD = 64 * 2 ** 20;

const OPTIONS: KnownOptions<LowerOptions> = {
  known: {
    externalDataThreshold: inDomain("a number of bytes", (value) => typeof value === "number" && value >= 0),
    table: true,
  },
};

/**
 * Converts a graph to an ONNX model with a fixed opset and explicit pads, strides and kernels. Operations without a
 * counterpart are decomposed. The data layout is the graph's, NCHW; a symbolic batch becomes the dimension `N`.
 *
 * @throws IsoconvError `UNSUPPORTED` for an operation that cannot be expressed, `INVALID_WEIGHTS` for a missing
 *   parameter, `INVALID_ATTRIBUTE` for an unknown option
 */
export function lowerGraph(graph: Graph, parameters: Parameters, options: LowerOptions = {}): LoweredGraph {
  checkOptions(options, OPTIONS, { op: "lowerGraph" });
  const { externalDataThreshold = EXTERNAL_DATA_THRESHOLD, table = loweringTable } = options;
  const expanded = expand(graph, table);
  const names = chooseNames(expanded);
  const values = new Map<string, Operand>();
  for (const { name, shape } of [...expanded.inputs, ...expanded.parameters]) values.set(name, { name, shape });
  const valueOf = (name: string): Operand => values.get(name) ?? undefinedValue(name);

  const emitter = new Emitter();
  const readers = readersOf(expanded);
  const batchSource = expanded.inputs.find(({ shape }) => shape[0] === "N")?.name;
  for (const node of expanded.nodes) {
    const { name, shape } = node;
    const site = emitter.site({ name, output: names.nodeTensor(name), shape, readers: readers.get(name) ?? [] });
    const result = node.shape.includes(0) ? lowerEmpty(site, batchSource) : applyHandler(table, node, valueOf, site);
    values.set(node.name, result);
  }
  const outputs = names.outputs.map(({ name, tensor, copyOf }) => {
    const { shape } = valueOf(expanded.outputs.find((output) => output.name === name)?.value ?? name);
    if (copyOf !== undefined) {
      emitter
        .site({ name: `${tensor}${MARK}copy`, output: tensor, shape, readers: [] })
        .last("Identity", [valueOf(copyOf).name]);
    }
    return { name, tensor, shape };
  });

  const used = new Set(emitter.nodes.flatMap(({ input }) => input));
  const lowered = lowerParameters(expanded, parameters, (name) => used.has(name), externalDataThreshold);
  const model = encodeModel({
    irVersion: IR_VERSION,
    producerName: "isoconv",
    opsetImport: [{ domain: "", version: OPSET }],
    graph: {
      name: expanded.name,
      node: emitter.nodes,
      initializer: [...lowered.initializers, ...emitter.constants],
      input: expanded.inputs.map(({ name, shape }) => valueInfo(name, shape)),
      output: outputs.map(({ tensor, shape }) => valueInfo(tensor, shape)),
    },
  });
  return {
    model,
    externalData: lowered.externalData,
    inputs: expanded.inputs.map(({ name }) => name),
    outputs: outputs.map(({ name, tensor }) => ({ name, tensor })),
    parameterBytes: lowered.bytes,
  };
}

function expand(graph: Graph, table: OnnxTable): Graph {
  const decomposedOps: ReadonlySet<OpName> = new Set(opNames.filter((op) => "decomposed" in table[op]));
  if (!graph.nodes.some(({ op }) => decomposedOps.has(op))) return graph;
  return decompose(decomposedOps).run({ graph, parameters: {} }).graph;
}

/** The uses of each value. */
function readersOf(graph: Graph): ReadonlyMap<string, readonly Reader[]> {
  const readers = new Map<string, Reader[]>();
  for (const node of graph.nodes) {
    for (const [operand, value] of Object.entries<string | readonly string[] | undefined>(node.inputs)) {
      for (const name of listOperands<string>({ [operand]: value })) {
        const list = readers.get(name) ?? [];
        list.push({ node, operand });
        readers.set(name, list);
      }
    }
  }
  return readers;
}

function undefinedValue(name: string): never {
  throw new IsoconvError("INVALID_GRAPH", {
    what: "a node refers to a value before it is defined",
    expected: "the name of an input, a parameter or an earlier node",
    received: name,
    hint: "Build graphs with graphBuilder or graphFromJson",
  });
}
