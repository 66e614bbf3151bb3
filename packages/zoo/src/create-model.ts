import { integer, IsoconvError, type Dim } from "@isoconv/core-spec";
import { trace } from "@isoconv/nn";
import type { Model, ModelDefinition, NetworkOptions } from "./model.js";
import { models } from "./models.js";
import { nearestName } from "./nearest-name.js";

export interface ModelOptions extends Partial<NetworkOptions> {
  /** The batch size; `"N"`, known only when the graph runs, by default. */
  readonly batch?: Dim;
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
  };
  const inputShape = Object.freeze([options.batch ?? "N", network.channels, network.height, network.width]);
  const traced = trace(definition.build(network), { name, input: { shape: inputShape } });
  return Object.freeze({ name, family, source, classes: network.classes, inputShape, ...traced });
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
  const nearest = nearestName(String(name), names);
  throw new IsoconvError("INVALID_ATTRIBUTE", {
    path: "name",
    what: "no such model",
    expected: "a name from `models`",
    received: name,
    hint: nearest === undefined ? `There are ${names.join(", ")}` : `Did you mean "${nearest}"?`,
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
