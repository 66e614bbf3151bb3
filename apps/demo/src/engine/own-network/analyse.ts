import { IsoconvError, type Shape } from "@isoconv/core-spec";
import { modelSummary, type ImageSize, type ModelSummary, type SummaryEntry, type SummaryTotals } from "@isoconv/zoo";
import { plainError } from "../plain-error.js";
import type { PlainError } from "../protocol.js";
import { layerName, modelOf, readNetwork, type OwnNetwork } from "./own-model.js";
import { readJson, type JsonNode } from "./read-json.js";
import { tooLarge } from "./too-large.js";

/** One layer of the text, or one inside it. */
export interface LayerLine {
  /** Its path, such as `3` or `3.main.0`. */
  readonly path: string;
  readonly depth: number;
  readonly does: string;
  readonly outputShape: Shape;
  readonly parameters: number;
  readonly macs: number;
}

/** What is wrong with a text, and where. */
export interface LocatedError {
  readonly error: PlainError;
  /** Offset in the text. */
  readonly at: number;
  /** Index of the outermost layer with the error. */
  readonly layer?: number | undefined;
}

/** The analysis of a text, up to the first error. */
export interface Analysis {
  readonly input?: ImageSize | undefined;
  /** The layers up to the one with the error; only the first ones if there are very many. */
  readonly lines: readonly LayerLine[];
  /** The number of further lines. */
  readonly omitted?: number | undefined;
  /** Totals of the whole network, if it has no error. */
  readonly totals?: SummaryTotals | undefined;
  /** Shape of the network's output, if it has no error. */
  readonly output?: Shape | undefined;
  readonly fault?: LocatedError | undefined;
}

/** More lines than this are slow to draw and too many to read. */
const MOST_LINES = 1000;

/** Analyses all layers of a text, or those up to the first error. */
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
  if ("value" in whole) {
    const summary = modelSummary(whole.value);
    const output = summary.children.at(-1)?.outputShape;
    return { input, ...describe(summary, layers), output, fault: sizeFault(summary, layers) };
  }
  const at = reached?.at ?? 0;
  // Layers inside a layer start after it and before the next.
  const layer = layers.findLastIndex((each) => each.at <= at);
  const sound = layer < 1 ? undefined : attempt(() => modelOf({ ...network, layers: layers.slice(0, layer) }));
  const before =
    sound !== undefined && "value" in sound ? describe(modelSummary(sound.value), layers) : { lines: [], omitted: 0 };
  return { input, lines: before.lines, omitted: before.omitted, fault: { error: whole.error, at, layer } };
}

function describe(
  { children, totals }: ModelSummary,
  layers: readonly JsonNode[],
): Required<Pick<Analysis, "lines" | "omitted" | "totals">> {
  const lines = children.flatMap((entry) => linesOf(entry, 0, layers));
  const omitted = Math.max(0, lines.length - MOST_LINES);
  return { lines: lines.slice(0, MOST_LINES), omitted, totals };
}

function sizeFault(summary: ModelSummary, layers: readonly JsonNode[]): LocatedError | undefined {
  const found = tooLarge(summary);
  if (found === undefined) return undefined;
  const { layer, error } = found;
  return { error: plainError(error), at: layers[layer]?.at ?? 0, layer };
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
