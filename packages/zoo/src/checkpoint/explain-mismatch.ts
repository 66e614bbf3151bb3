import { render } from "@isoconv/core-spec";
import { isBatchCounter, type WeightsFile } from "@isoconv/weights";
import { findModel } from "../create-model.js";
import type { Model, NetworkOptions } from "../model.js";
import { namesOf, type AdaptedCheckpoint, type NetworkParameters } from "./adapt-checkpoint.js";
import { optionsOf } from "./parameters-by-option.js";
import { completePrefixes } from "./read-names.js";
import { fittingOptions, recogniseCheckpoint } from "./recognise-checkpoint.js";
import { unreadNamings } from "./unread-namings.js";

/**
 * A hint for a file that does not fit: build the network with other options, use the network of the file, choose one of
 * several networks in it, or leave out what the network does not have.
 */
export function explainMismatch(
  model: Model,
  parts: NetworkParameters,
  file: WeightsFile,
  adapted: AdaptedCheckpoint,
): string | undefined {
  const own = optionsOf(model);
  const rebuilt = fittingOptions(model.name, own, file);
  if (rebuilt !== undefined) {
    const changes = describeChanges(own, rebuilt);
    return changes === "" ? undefined : `The file fits ${model.name} with ${changes}`;
  }
  const recognised = recogniseCheckpoint(file).map(({ model: name, options }) => {
    const changes = describeChanges(name === model.name ? own : findModel(name).defaults, options);
    return changes === "" ? name : `${name} with ${changes}`;
  });
  if (recognised.length > 0) return `The file looks like ${recognised.join(" or ")}`;
  return explainNames(model, parts, file, adapted);
}

function explainNames(
  { name }: Model,
  parts: NetworkParameters,
  { tensors }: WeightsFile,
  adapted: AdaptedCheckpoint,
): string | undefined {
  const network = namesOf(parts);
  const given = [...tensors.keys()];
  const prefixes = completePrefixes(network, given);
  if (prefixes.length > 0) {
    return `The names of ${name} are below ${prefixes.map((prefix) => render(prefix)).join(" and ")}: choose with the option prefix`;
  }
  const found = adapted.file.tensors;
  if ([...network.needed].every((each) => found.has(each))) {
    const surplus = [...found.keys()].find((each) => !network.needed.has(each) && !isBatchCounter(each));
    if (surplus !== undefined) return `Leave out what ${name} does not have with the option ignore`;
  }
  return unreadNamings.find(({ matches }) => given.some((each) => matches.test(each)))?.why;
}

const COUNTS = ["classes", "channels", "height", "width"] as const;

function describeChanges(from: NetworkOptions, to: NetworkOptions): string {
  return COUNTS.filter((option) => from[option] !== to[option])
    .map((option) => `${option}: ${to[option]}`)
    .join(", ");
}
