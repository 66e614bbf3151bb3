import { isSealed, sealGraph } from "../graph/seal.js";
import { rebuild } from "../graph/json.js";
import { shapesOf, type Graph } from "../graph/graph.js";
import { IsoconvError } from "../error.js";
import { didYouMean } from "../nearest-name.js";
import { inDomain, optionChecks } from "../option-checks.js";
import { checkOptions, isRecord, type KnownOptions } from "../options.js";
import { decompose } from "../passes/decompose.js";
import type { Network, Pass } from "../passes/pass.js";
import { isFloat32Array } from "../realm.js";
import { opNames } from "../registry.js";
import { bindShape, elementCount, formatShape, sameShape } from "../shape.js";
import { ownTensor, type Tensor } from "../tensor.js";
import type { CompileOptions, Parameters } from "./backend.js";
import type { Capabilities } from "./capabilities.js";
import { withCode } from "./failure.js";
import { mostElements } from "./feeds.js";

/** A network ready for a backend to load. */
export interface Prepared extends Network {
  /** The graph as written, with taps among its outputs: the interface that the caller sees. */
  readonly written: Graph;
}

const COMPILE_OPTIONS: KnownOptions<CompileOptions> = {
  known: {
    passes: inDomain("a list of passes, each { name, run }", (value) => Array.isArray(value) && value.every(isPass)),
    taps: optionChecks.list,
  },
};

function isPass(value: unknown): value is Pass {
  return isRecord(value) && typeof value["run"] === "function";
}

/**
 * Everything a backend does to a graph before loading it: validates it, adds taps, runs passes, expands decompositions
 * and refuses unsupported operations.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for the options, `INVALID_GRAPH`, `INVALID_WEIGHTS`, `INVALID_DTYPE`,
 *   `UNSUPPORTED`; `EXECUTION_FAILED` when a pass throws
 */
export function prepareGraph(
  graph: Graph,
  parameters: Parameters,
  options: CompileOptions,
  capabilities: Capabilities,
  ownPasses: readonly Pass[],
): Prepared {
  checkOptions(options, COMPILE_OPTIONS, { op: "compile" });
  const { passes, taps } = options;
  const written = exposeValues(isSealed(graph) ? graph : rebuild(graph), taps ?? []);
  checkParameters(written, parameters);
  const expanded = new Set(opNames.filter((op) => capabilities.ops[op] === "decomposed"));
  const network: Network = { graph: written, parameters: inThisRealm(parameters) };
  const rewritten = (passes ?? ownPasses).reduce(runPass, network);
  const prepared = decompose(expanded).run(rewritten);
  refuseUnsupported(prepared.graph, capabilities);
  refuseTooLarge(prepared.graph, capabilities);
  return { ...prepared, written };
}

function inThisRealm(parameters: Parameters): Parameters {
  const isForeign = (tensor: Tensor): boolean => !(tensor.data instanceof Float32Array);
  if (!Object.values(parameters).some(isForeign)) return parameters;
  return Object.fromEntries(Object.entries(parameters).map(([name, tensor]) => [name, ownTensor(tensor)]));
}

/** Passes may come from the caller: their exceptions get a code, and their results are validated. */
function runPass(network: Network, pass: Pass): Network {
  let result: Network;
  try {
    result = pass.run(network);
  } catch (error) {
    throw withCode(error, { path: `passes "${pass.name}"` });
  }
  if (!isRecord(result) || !isRecord(result.graph) || !isRecord(result.parameters)) {
    throw passError(pass, "it returned no network", "{ graph, parameters }", result);
  }
  const graph = isSealed(result.graph) ? result.graph : rebuild(result.graph);
  const missing = graph.parameters.find(({ name }) => !Object.hasOwn(result.parameters, name));
  if (missing !== undefined) throw passError(pass, "it lost a parameter", "a tensor for each", missing.name);
  const [before, after] = [signatureOf(network.graph), signatureOf(graph)];
  if (before !== after) throw passError(pass, "it changed the graph's inputs or outputs", before, after);
  return { graph, parameters: result.parameters };
}

/** The interface that callers of a graph rely on: its inputs and the names of its outputs, in order. */
function signatureOf({ inputs, outputs }: Graph): string {
  const fed = inputs.map(({ name, shape }) => `${name}: ${formatShape(shape)}`).join(", ");
  return `(${fed}) → ${outputs.map(({ name }) => name).join(", ")}`;
}

function passError({ name }: Pass, what: string, expected: string, received: unknown): IsoconvError {
  return new IsoconvError("INVALID_GRAPH", { path: `passes "${name}"`, what, expected, received });
}

/**
 * The graph with further values among its outputs, under their own names.
 *
 * @throws IsoconvError `INVALID_GRAPH` for a name that is no value of the graph, or names another output
 */
export function exposeValues(graph: Graph, names: readonly string[]): Graph {
  if (names.length === 0) return graph;
  const values = shapesOf(graph);
  const outputs = new Map(graph.outputs.map((output) => [output.name, output]));
  for (const [index, name] of names.entries()) {
    const taken = outputs.get(name);
    if (!values.has(name) || (taken !== undefined && taken.value !== name)) {
      throw new IsoconvError("INVALID_GRAPH", {
        path: `taps[${index}]`,
        what: taken === undefined ? "no such value to tap" : "an output of that name returns another value",
        expected: "the name of an input, a parameter or a node",
        received: name,
        hint: taken === undefined ? didYouMean(name, [...values.keys()]) : undefined,
      });
    }
    outputs.set(name, Object.freeze({ name, value: name }));
  }
  return sealGraph({ ...graph, outputs: [...outputs.values()] });
}

/** @throws IsoconvError `INVALID_WEIGHTS` or `INVALID_DTYPE` */
export function checkParameters(graph: Graph, parameters: Parameters): void {
  if (!isRecord(parameters)) {
    throw new IsoconvError("INVALID_WEIGHTS", {
      path: "parameters",
      what: "parameters are not an object",
      expected: "tensors by name",
      received: parameters,
    });
  }
  const missing = graph.parameters.filter(({ name }) => !Object.hasOwn(parameters, name)).map(({ name }) => name);
  const known = new Set(graph.parameters.map(({ name }) => name));
  const extra = Object.keys(parameters).filter((name) => !known.has(name));
  if (missing.length > 0 || extra.length > 0) {
    const parts = [listing("missing", missing), listing("unexpected", extra)].filter((part) => part !== "");
    throw new IsoconvError("INVALID_WEIGHTS", {
      path: "parameters",
      what: `parameters do not match the graph "${graph.name}": ${parts.join("; ")}`,
      hint: "Parameters are named as in PyTorch's state_dict",
    });
  }
  for (const { name, shape } of graph.parameters) {
    const tensor = parameters[name];
    const path = `parameters["${name}"]`;
    if (tensor?.dtype !== "float32" || !isFloat32Array(tensor.data)) {
      throw new IsoconvError("INVALID_DTYPE", {
        path,
        what: "parameter of the wrong dtype",
        expected: "float32",
        received: tensor?.dtype === "float32" ? tensor.data : tensor?.dtype,
      });
    }
    const count = shape.reduce<number>((product, extent) => product * Number(extent), 1);
    if (!Array.isArray(tensor.shape) || !sameShape(tensor.shape, shape)) {
      throw new IsoconvError("INVALID_WEIGHTS", {
        path,
        what: "parameter of the wrong shape",
        expected: formatShape(shape),
        received: Array.isArray(tensor.shape) ? formatShape(tensor.shape) : tensor.shape,
      });
    }
    if (tensor.data.length !== count) {
      throw new IsoconvError("INVALID_WEIGHTS", {
        path,
        what: "the data does not fill the shape",
        expected: `${count} elements`,
        received: tensor.data.length,
      });
    }
  }
}

function listing(what: string, names: readonly string[]): string {
  if (names.length === 0) return "";
  const shown = names.slice(0, 5).join(", ");
  return `${names.length} ${what} (${shown}${names.length > 5 ? ", …" : ""})`;
}

function refuseUnsupported(graph: Graph, { ops }: Capabilities): void {
  for (const { op, name } of graph.nodes) {
    const support = ops[op];
    if (typeof support === "string") continue;
    throw new IsoconvError("UNSUPPORTED", {
      op,
      node: name,
      what: support.unsupported,
      hint: `Tracked at ${support.issue}`,
    });
  }
}

/** A value with an open batch is checked at a batch of one; larger batches are refused when they are fed. */
function refuseTooLarge({ inputs, parameters, nodes }: Graph, { limits }: Capabilities): void {
  const most = mostElements(limits);
  const fed = [...inputs, ...parameters].map(({ name, shape }) => ({ at: { path: name }, shape }));
  const computed = nodes.map(({ op, name, shape }) => ({ at: { op, node: name }, shape }));
  for (const { at, shape } of [...fed, ...computed]) {
    const elements = elementCount(bindShape(shape, 1));
    if (elements <= most) continue;
    throw new IsoconvError("UNSUPPORTED", {
      ...at,
      what: `an array of ${formatShape(shape)} is larger than the device can hold`,
      expected: `at most ${most} elements`,
      received: elements,
      hint: "Use another backend for this network; capabilities.limits has the limits of each",
    });
  }
}
