import { IsoconvError, type Shape } from "@isoconv/core-spec";
import { modelSummary, type ImageSize, type Model, type SummaryEntry, type SummaryTotals } from "@isoconv/zoo";
import { plainError } from "../plain-error.js";
import type { PlainError } from "../protocol.js";
import { layerName, modelOf, readNetwork, type OwnNetwork } from "./own-model.js";
import { readJson, type JsonNode } from "./read-json.js";

/** One layer of the text, or one inside it. */
export interface LayerLine {
  /** Its place, such as `3` or `3.main.0`. */
  readonly path: string;
  readonly depth: number;
  readonly does: string;
  readonly outputShape: Shape;
  readonly parameters: number;
  readonly macs: number;
}

/** What is wrong with a text, and where. */
export interface Fault {
  readonly error: PlainError;
  /** Where in the text. */
  readonly at: number;
  /** Which of the outermost layers is at fault. */
  readonly layer?: number | undefined;
}

/** What a text says, as far as it can be followed. */
export interface Analysis {
  readonly input?: ImageSize | undefined;
  /** Up to the layer at fault. */
  readonly lines: readonly LayerLine[];
  /** Of the whole network; none of one with a fault. */
  readonly totals?: SummaryTotals | undefined;
  readonly fault?: Fault | undefined;
}

/** Follows a text through all of its layers, or up to the first that cannot be. */
export function analyse(text: string): Analysis {
  const reading = readJson(text);
  if ("fault" in reading) return { lines: [], fault: { error: plainError(reading.fault), at: reading.at } };
  const { node } = reading;
  const network = attempt(() => readNetwork(node));
  if ("error" in network) return { lines: [], fault: { error: network.error, at: node.at } };
  return follow(network.value);
}

function follow(network: OwnNetwork): Analysis {
  const { channels, height, width, layers } = network;
  const input = { channels, height, width };
  let reached: JsonNode | undefined;
  const whole = attempt(() => modelOf(network, (layer) => (reached = layer)));
  if ("value" in whole) return { input, ...describe(whole.value, layers) };
  const at = reached?.at ?? 0;
  // Layers inside a layer start after it and before the next.
  const layer = layers.findLastIndex((each) => each.at <= at);
  const sound = layer < 1 ? undefined : attempt(() => modelOf({ ...network, layers: layers.slice(0, layer) }));
  const lines = sound !== undefined && "value" in sound ? describe(sound.value, layers).lines : [];
  return { input, lines, fault: { error: whole.error, at, layer } };
}

function describe(model: Model, layers: readonly JsonNode[]): Required<Pick<Analysis, "lines" | "totals">> {
  const { children, totals } = modelSummary(model);
  return { lines: children.flatMap((entry) => linesOf(entry, 0, layers)), totals };
}

function linesOf(entry: SummaryEntry, depth: number, layers: readonly JsonNode[]): readonly LayerLine[] {
  const { path, op, outputShape, parameters, macs } = entry;
  const layer = depth === 0 ? layers[Number(path)] : undefined;
  const does = (layer === undefined ? undefined : layerName(layer)) ?? op ?? path.slice(path.lastIndexOf(".") + 1);
  const inside = entry.children.flatMap((child) => linesOf(child, depth + 1, layers));
  return [{ path, depth, does, outputShape, parameters, macs }, ...inside];
}

function attempt<T>(make: () => T): { readonly value: T } | { readonly error: PlainError } {
  try {
    return { value: make() };
  } catch (error) {
    if (error instanceof IsoconvError) return { error: plainError(error) };
    throw error;
  }
}
