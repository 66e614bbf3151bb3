import {
  checkOptions,
  didYouMean,
  inDomain,
  IsoconvError,
  optionChecks,
  selectOutputs,
  type Dim,
  type Graph,
  type KnownOptions,
} from "@isoconv/core-spec";
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

const { count, flag, texts } = optionChecks;
const OPTIONS: KnownOptions<ModelOptions> = {
  known: {
    classes: count,
    channels: count,
    height: count,
    width: count,
    transformInput: flag,
    auxiliary: flag,
    replaceStrideWithDilation: inDomain(
      "three booleans, for layer2, layer3 and layer4",
      (value) => Array.isArray(value) && value.length === 3 && value.every((each) => typeof each === "boolean"),
    ),
    // The graph checks the batch with the rest of the input's shape.
    batch: true,
    features: texts,
  },
};

const UNDILATED: Dilations = [false, false, false];

/**
 * Builds a network of the zoo.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for an unknown name, an unknown option or one out of its domain, `INVALID_SHAPE` for
 *   an input below the network's minimum
 */
export function createModel(name: string, options: ModelOptions = {}): Model {
  const definition = findModel(name);
  checkOptions(options, OPTIONS, { node: definition.name });
  const { family, source, defaults } = definition;
  const network: NetworkOptions = {
    classes: options.classes ?? defaults.classes,
    channels: options.channels ?? defaults.channels,
    height: checkExtent(options.height ?? defaults.height, "height", definition),
    width: checkExtent(options.width ?? defaults.width, "width", definition),
    transformInput: checkVariant(options.transformInput, "transformInput", false, definition),
    auxiliary: checkVariant(options.auxiliary, "auxiliary", false, definition),
    replaceStrideWithDilation: checkVariant(
      options.replaceStrideWithDilation,
      "replaceStrideWithDilation",
      UNDILATED,
      definition,
    ),
  };
  const inputShape = Object.freeze([options.batch ?? "N", network.channels, network.height, network.width]);
  const traced = trace(definition.build(network), { name, input: { shape: inputShape } });
  const graph = selectOutputs(traced.graph, outputsOf(traced, name, headsOf(definition, network), options.features));
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

/** The auxiliary classifiers whose logits the network returns. */
function headsOf({ auxiliaryHeads = [] }: ModelDefinition, { auxiliary }: NetworkOptions): readonly string[] {
  return auxiliary === true ? auxiliaryHeads : [];
}

/** Which value each output is, in order: the network's own and its `heads`, or the features instead. */
export function outputsOf(
  { graph, modules }: Pick<TracedModule, "graph" | "modules">,
  name: string,
  heads: readonly string[],
  features: readonly string[] | undefined,
): ReadonlyMap<string, string> {
  const valueOf = (path: string): string => {
    const value = modules.get(path);
    if (value !== undefined) return value;
    throw new IsoconvError("INVALID_ATTRIBUTE", {
      node: name,
      path: "options.features",
      what: "no such module",
      expected: `one of ${neighbours(path, [...modules.keys()]).join(", ")}`,
      received: path,
      hint: didYouMean(path, [...modules.keys()], "`modules` of the model lists all, also those inside of these"),
    });
  };
  if (features !== undefined) return new Map(features.map((path) => [path, valueOf(path)]));
  const logits = graph.outputs.map((output): [string, string] => [output.name, output.value]);
  return new Map([...logits, ...heads.map((path): [string, string] => [path, valueOf(path)])]);
}

/** The modules beside the one that a wrong path names: those inside of its nearest ancestor that exists. */
function neighbours(path: string, paths: readonly string[]): readonly string[] {
  const parts = path.split(".");
  const ancestors = parts.map((_, depth) => parts.slice(0, depth).join("."));
  const parent = ancestors.findLast((ancestor) => paths.includes(ancestor)) ?? "";
  const start = parent === "" ? "" : `${parent}.`;
  return paths.filter((other) => other.startsWith(start) && !other.slice(start.length).includes("."));
}

/** The parameters and modules that the graph still contains. */
export function splitLive(
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

/** Networks without the option accept only the value that means its absence. */
function checkVariant<T>(
  given: T | undefined,
  option: keyof NetworkVariants,
  absent: T,
  { name, variants = [] }: ModelDefinition,
): T {
  const value = given ?? absent;
  if (String(value) === String(absent) || variants.includes(option)) return value;
  throw new IsoconvError("INVALID_ATTRIBUTE", {
    node: name,
    path: `options.${option}`,
    what: "the network has no such option",
    expected: `${JSON.stringify(absent)}, or a network that has it`,
    received: value,
  });
}

function checkExtent(extent: number, option: "height" | "width", { name, minimumSize }: ModelDefinition): number {
  if (extent >= minimumSize) return extent;
  throw new IsoconvError("INVALID_SHAPE", {
    node: name,
    path: `options.${option}`,
    what: "the input is too small for the network",
    expected: `at least ${minimumSize}×${minimumSize}`,
    received: extent,
  });
}
