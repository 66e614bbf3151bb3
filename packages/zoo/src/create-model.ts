import { didYouMean, integer, IsoconvError, selectOutputs, type Dim, type Graph } from "@isoconv/core-spec";
import { trace, type TracedModule } from "@isoconv/nn";
import type { Dilations, Model, ModelDefinition, NetworkOptions, NetworkVariants } from "./model.js";
import { models } from "./models.js";

export interface ModelOptions extends Partial<NetworkOptions> {
  /** The batch size; `"N"`, known only when the graph runs, by default. */
  readonly batch?: Dim;
  /**
   * Module paths, such as `["layer3"]`. The network then returns the results of these modules, under these names,
   * instead of the logits, and ends with the last of them.
   */
  readonly features?: readonly string[];
}

/**
 * Builds a network of the zoo.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for an unknown name or a bad option, `INVALID_SHAPE` for an input below the
 *   network's minimum
 */
export function createModel(name: string, options: ModelOptions = {}): Model {
  const definition = findModel(name);
  const { family, source, defaults } = definition;
  const network: NetworkOptions = {
    classes: parseCount(options.classes ?? defaults.classes, "classes"),
    channels: parseCount(options.channels ?? defaults.channels, "channels"),
    height: parseExtent(options.height ?? defaults.height, "height", definition),
    width: parseExtent(options.width ?? defaults.width, "width", definition),
    transformInput: parseVariant(options, "transformInput", definition, flag),
    auxiliary: parseVariant(options, "auxiliary", definition, flag),
    replaceStrideWithDilation: parseVariant(options, "replaceStrideWithDilation", definition, dilations),
  };
  const inputShape = Object.freeze([options.batch ?? "N", network.channels, network.height, network.width]);
  const traced = trace(definition.build(network), { name, input: { shape: inputShape } });
  const graph = selectOutputs(traced.graph, outputsOf(traced, definition, network, options.features));
  return Object.freeze({
    name,
    family,
    source,
    classes: network.classes,
    inputShape,
    graph,
    ...splitLive(traced, graph),
  });
}

/**
 * The zoo's entry of that name.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE`, with the nearest name
 */
export function findModel(name: string): ModelDefinition {
  const found = models.find((definition) => definition.name === name);
  if (found !== undefined) return found;
  const names = models.map((definition) => definition.name);
  throw new IsoconvError("INVALID_ATTRIBUTE", {
    path: "name",
    what: "no such model",
    expected: "a name from `models`",
    received: name,
    hint: didYouMean(name, names, `There are ${names.join(", ")}`),
  });
}

/** Which value each output is, in order. */
function outputsOf(
  { graph, modules }: TracedModule,
  { name, auxiliaryHeads = [] }: ModelDefinition,
  { auxiliary }: NetworkOptions,
  features: readonly string[] | undefined,
): ReadonlyMap<string, string> {
  const valueOf = (path: string): string => {
    const value = modules.get(path);
    if (value !== undefined) return value;
    throw new IsoconvError("INVALID_ATTRIBUTE", {
      node: name,
      path: "options.features",
      what: "no such module",
      expected: "module paths of the network",
      received: path,
      hint: didYouMean(path, [...modules.keys()], "`modules` of the model lists them"),
    });
  };
  if (features !== undefined) return new Map(features.map((path) => [path, valueOf(path)]));
  const logits = graph.outputs.map((output): [string, string] => [output.name, output.value]);
  const heads = auxiliary ? auxiliaryHeads.map((path): [string, string] => [path, valueOf(path)]) : [];
  return new Map([...logits, ...heads]);
}

/** The parameters and modules that the graph still contains. */
function splitLive(
  { parameters, modules }: TracedModule,
  graph: Graph,
): Pick<Model, "parameters" | "omitted" | "modules"> {
  const live = new Set([...graph.inputs, ...graph.parameters, ...graph.nodes].map((value) => value.name));
  return {
    parameters: Object.freeze(parameters.filter((spec) => live.has(spec.name))),
    omitted: Object.freeze(parameters.filter((spec) => !live.has(spec.name))),
    modules: new Map([...modules].filter(([, value]) => live.has(value))),
  };
}

/** A type of a variant's value. */
interface VariantType<T> {
  readonly has: (value: unknown) => value is T;
  readonly expected: string;
  readonly absent: T;
}

const flag: VariantType<boolean> = {
  has: (value) => typeof value === "boolean",
  expected: "true or false",
  absent: false,
};

const dilations: VariantType<Dilations> = {
  has: (value): value is Dilations =>
    Array.isArray(value) && value.length === 3 && value.every((each) => typeof each === "boolean"),
  expected: "three booleans, for layer2, layer3 and layer4",
  absent: [false, false, false],
};

/** Networks without the option accept only the value that means its absence. */
function parseVariant<T>(
  options: ModelOptions,
  option: keyof NetworkVariants,
  { name, variants = [] }: ModelDefinition,
  { has, expected, absent }: VariantType<T>,
): T {
  const value: unknown = options[option] ?? absent;
  const isKnown = variants.includes(option);
  if (has(value) && (isKnown || String(value) === String(absent))) return value;
  throw new IsoconvError("INVALID_ATTRIBUTE", {
    node: name,
    path: `options.${option}`,
    what: isKnown ? "wrong value" : "the network has no such option",
    expected: isKnown ? expected : `${JSON.stringify(absent)}, or a network that has it`,
    received: value,
  });
}

function parseCount(value: number, option: string): number {
  return integer({ min: 1, doc: option }).parse(value, { path: `options.${option}` });
}

function parseExtent(value: number, option: "height" | "width", { name, minimumSize }: ModelDefinition): number {
  const extent = parseCount(value, option);
  if (extent >= minimumSize) return extent;
  throw new IsoconvError("INVALID_SHAPE", {
    node: name,
    path: `options.${option}`,
    what: "the input is too small for the network",
    expected: `at least ${minimumSize}×${minimumSize}`,
    received: extent,
  });
}
