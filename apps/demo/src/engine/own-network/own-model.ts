import { didYouMean, integer, IsoconvError, type Location, type Shape } from "@isoconv/core-spec";
import { sequential, trace, type Module } from "@isoconv/nn";
import { ownModel as toModel, type ImageSize, type Model } from "@isoconv/zoo";
import { unlike } from "./attributes.js";
import { layerTable } from "./layer-table.js";
import { plainValue, readJson, type JsonNode } from "./read-json.js";

/** A network as the text describes it. */
export interface OwnNetwork extends ImageSize {
  readonly layers: readonly JsonNode[];
}

/** Called with each layer before it is built. */
export type OnLayer = (layer: JsonNode) => void;

/** Photos are stored at most this large. */
const LARGEST_EXTENT = 640;

/**
 * Builds the network that a text describes: `{ input: [channels, height, width], layers: […] }`.
 *
 * @throws IsoconvError `INVALID_GRAPH`, `INVALID_ATTRIBUTE`, `INVALID_SHAPE`
 */
export function ownModel(text: string): Model {
  const reading = readJson(text);
  if ("fault" in reading) throw reading.fault;
  return modelOf(readNetwork(reading.node));
}

/**
 * The outline of a network; its layers are read when it is built.
 *
 * @throws IsoconvError `INVALID_GRAPH`, `INVALID_ATTRIBUTE`
 */
export function readNetwork(node: JsonNode): OwnNetwork {
  if (node.kind !== "object") throw unlike(node, {}, "{ input: [channels, height, width], layers: […] }");
  checkNames(node.entries, ["input", "layers"], ["input", "layers"], {});
  const [input, layers] = [node.entries.get("input"), node.entries.get("layers")];
  if (input?.kind !== "list" || input.items.length !== 3) {
    throw unlike(input ?? node, { path: "input" }, "[channels, height, width]");
  }
  if (layers?.kind !== "list" || layers.items.length === 0) {
    throw unlike(layers ?? node, { path: "layers" }, "a list of layers");
  }
  const extent = integer({ min: 1, max: LARGEST_EXTENT, doc: "Extent of the image." });
  const [channels = 0, height = 0, width = 0] = input.items.map((item, index) =>
    extent.parse(plainValue(item), { path: `input[${index}]` }),
  );
  if (channels !== 1 && channels !== 3) {
    const what = "not the channels of an image";
    throw new IsoconvError("INVALID_ATTRIBUTE", { path: "input[0]", what, expected: "1 or 3", received: channels });
  }
  return { channels, height, width, layers: layers.items };
}

/**
 * Builds a network from its outline.
 *
 * @throws IsoconvError `INVALID_GRAPH`, `INVALID_ATTRIBUTE`, `INVALID_SHAPE`, with the path of the layer
 */
export function modelOf({ layers, channels, height, width }: OwnNetwork, onLayer: OnLayer = () => {}): Model {
  const inputShape: Shape = ["N", channels, height, width];
  const module = layersModule(layers, onLayer);
  return toModel(trace(module, { name: "own", input: { shape: inputShape } }));
}

/** The name of a layer, from `"relu"` or `{ relu: {} }`. */
export function layerName(layer: JsonNode): string | undefined {
  if (layer.kind === "plain" && typeof layer.value === "string") return layer.value;
  if (layer.kind === "object" && layer.entries.size === 1) return layer.entries.keys().next().value;
  return undefined;
}

function layersModule(layers: readonly JsonNode[], onLayer: OnLayer): Module {
  return sequential(layers.map((layer) => layerModule(layer, onLayer)));
}

/** The layer's attributes are read when it is called, so that errors have its position in the network. */
function layerModule(layer: JsonNode, onLayer: OnLayer): Module {
  return (scope, x) => {
    onLayer(layer);
    return readLayer(layer, { node: scope.path }, onLayer)(scope, x);
  };
}

function readLayer(layer: JsonNode, at: Location, onLayer: OnLayer): Module {
  const name = layerName(layer);
  if (name === undefined) throw unlike(layer, at, 'a layer: "relu", or { conv2d: { outChannels: 6, kernelSize: 5 } }');
  if (!Object.hasOwn(layerTable, name)) throw unknownName(name, Object.keys(layerTable), "no such layer", at);
  const { required, optional, build } = layerTable[name];
  const attributes = attributesOf(layer, name, { ...at, op: name });
  const readers = { ...required, ...optional };
  checkNames(attributes, Object.keys(readers), Object.keys(required), { ...at, op: name });
  const layers = (node: JsonNode): Module => {
    if (node.kind !== "list") throw unlike(node, { ...at, op: name }, "a list of layers");
    return layersModule(node.items, onLayer);
  };
  const read = [...attributes].map(([attribute, node]): [string, unknown] => {
    return [attribute, readers[attribute](node, { at: { ...at, op: name, path: attribute }, layers })];
  });
  return build(Object.fromEntries(read));
}

function attributesOf(layer: JsonNode, name: string, at: Location): ReadonlyMap<string, JsonNode> {
  const given = layer.kind === "object" ? layer.entries.get(name) : undefined;
  if (given === undefined) return new Map();
  if (given.kind === "object") return given.entries;
  throw unlike(given, at, "the layer's attributes in { }");
}

function checkNames(
  given: ReadonlyMap<string, JsonNode>,
  names: readonly string[],
  required: readonly string[],
  at: Location,
): void {
  for (const name of given.keys()) {
    if (!names.includes(name)) throw unknownName(name, names, "no such attribute", at);
  }
  const missing = required.find((name) => !given.has(name));
  if (missing === undefined) return;
  throw new IsoconvError("INVALID_ATTRIBUTE", { ...at, path: missing, what: "missing", expected: required.join(", ") });
}

function unknownName(name: string, names: readonly string[], what: string, at: Location): IsoconvError {
  const list = names.length === 0 ? "It takes no attributes" : `There are ${names.join(", ")}`;
  return new IsoconvError("INVALID_ATTRIBUTE", { ...at, what, received: name, hint: didYouMean(name, names, list) });
}
