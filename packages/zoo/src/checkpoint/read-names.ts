import { isBatchCounter } from "@isoconv/weights";
import { isNoParameter, type DroppedTensor } from "./dropped.js";
import { renamingsFor, type Adapt, type Naming, type NamingName, type Renaming } from "./naming.js";
import { namings } from "./namings.js";
import { hasName, unusedPart, type NetworkNames } from "./network-names.js";
import { frequentPrefixes, sharedPrefixes } from "./prefixes.js";

/** Auxiliary classifiers, used only in training, of torchvision's GoogLeNet and Inception v3. */
const AUXILIARY_HEADS = ["aux1.", "aux2.", "AuxLogits."];

/** One tensor of a file. */
export interface NameReading {
  /** Its name in the file. */
  readonly given: string;
  /** Its name in the network, if it has one. */
  readonly name: string;
  /** Gives it the network's layout; undefined if it has it. */
  readonly adapt: Adapt | undefined;
}

/** The result of matching a file's names. */
export interface NamesReading {
  /** What was taken off every name, such as `module.`; empty if nothing was. */
  readonly prefix: string;
  readonly naming: NamingName;
  readonly kept: readonly NameReading[];
  readonly dropped: readonly DroppedTensor[];
}

/**
 * Matches a file's names with a network's:
 *
 * 1. Tensors that are no parameters, such as an optimiser's, are dropped.
 * 2. A prefix of all names, such as `_orig_mod.module.`, is taken off if more names are the network's without it. A prefix
 *    of some names is taken off, and the others are dropped, if a part of the network is not loaded and only the names
 *    with this prefix have all that is needed: the others belong to a head of the file's own.
 * 3. `aux1`, `aux2` and `AuxLogits` are dropped if the network has none.
 * 4. A naming: if exactly one matches all names that are not the network's, and turns at least one into the network's, it
 *    renames all names that it matches. Some of them may look like other names of the network. Otherwise all names stay
 *    unchanged, which is called `pytorch`.
 * 5. What belongs to a part that is not loaded is dropped.
 *
 * There are no guesses: names that match no rule are kept for the error.
 */
export function readNames(network: NetworkNames, given: readonly string[]): NamesReading {
  const parameters = given.filter((name) => hasName(network, name) || !isNoParameter(name));
  const isUnused = unusedPart(network);
  const whole = sharedPrefixes(parameters)
    .map((prefix) => readBelow(network, prefix, parameters, isUnused))
    .reduce((best, each) => (hits(network, each) > hits(network, best) ? each : best));
  const [only, ...more] =
    network.unused.size === 0 || isComplete(network, whole) ? [] : completeReadings(network, parameters);
  const reading = only === undefined || more.length > 0 ? whole : only;
  const isParameter = new Set(parameters);
  const foreign = given
    .filter((name) => !isParameter.has(name))
    .map((name) => ({ name, why: "no-parameter" }) as const);
  return { ...reading, dropped: [...foreign, ...reading.dropped] };
}

/** The prefixes below which a file has everything that the network needs. */
export function completePrefixes(network: NetworkNames, given: readonly string[]): readonly string[] {
  return completeReadings(network, given).map(({ prefix }) => prefix);
}

function completeReadings(network: NetworkNames, given: readonly string[]): readonly NamesReading[] {
  const isUnused = unusedPart(network);
  return frequentPrefixes(given, Math.max(1, network.needed.size)).flatMap((prefix) => {
    const reading = readBelow(network, prefix, given, isUnused);
    return isComplete(network, reading) ? [reading] : [];
  });
}

/** Reads the names with a prefix, and drops the others. */
function readBelow(
  network: NetworkNames,
  prefix: string,
  given: readonly string[],
  isUnused: (name: string) => boolean,
): NamesReading {
  const surplus = AUXILIARY_HEADS.filter(
    (head) => ![...network.needed, ...network.unused].some((name) => name.startsWith(head)),
  ).map((head) => prefix + head);
  const dropped: DroppedTensor[] = [];
  const below: { readonly given: string; readonly name: string }[] = [];
  for (const name of given) {
    if (!name.startsWith(prefix)) dropped.push({ name, why: "outside-prefix" });
    else if (surplus.some((head) => name.startsWith(head))) dropped.push({ name, why: "auxiliary-head" });
    else below.push({ given: name, name: name.slice(prefix.length) });
  }
  const foreign = below
    .map(({ name }) => name)
    .filter((name) => !hasName(network, name) && !isBatchCounter(name) && !isUnused(name));
  const found = namingOf(network, foreign);
  const kept: NameReading[] = [];
  for (const { given, name } of below) {
    const reading = { given, ...(rename(found?.renamings ?? [], name) ?? { name, adapt: undefined }) };
    if (isUnused(reading.name)) dropped.push({ name: given, why: "unused-part" });
    else kept.push(reading);
  }
  return { prefix, naming: found?.naming ?? "pytorch", kept, dropped };
}

function hits({ needed }: NetworkNames, { kept }: NamesReading): number {
  return kept.filter(({ name }) => needed.has(name)).length;
}

function isComplete(network: NetworkNames, { kept }: NamesReading): boolean {
  const names = new Set(kept.map(({ name }) => name));
  return [...network.needed].every((name) => names.has(name));
}

interface FoundNaming {
  readonly naming: Naming["name"];
  readonly renamings: readonly Renaming[];
}

function namingOf(network: NetworkNames, foreign: readonly string[]): FoundNaming | undefined {
  if (foreign.length === 0) return undefined;
  const fitting = namings.flatMap((naming): readonly FoundNaming[] => {
    const { sign } = naming;
    if (sign !== undefined && !foreign.some((name) => sign.test(name))) return [];
    const renamings = renamingsFor(naming, network);
    let isFound = false;
    for (const name of foreign) {
      const renamed = rename(renamings, name);
      if (renamed === undefined) return [];
      isFound ||= hasName(network, renamed.name);
    }
    return isFound ? [{ naming: naming.name, renamings }] : [];
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}

function rename(renamings: readonly Renaming[], name: string): Pick<NameReading, "name" | "adapt"> | undefined {
  for (const { from, to, adapt } of renamings) {
    const match = from.exec(name);
    if (match !== null) return { name: to(...match.slice(1)) + name.slice(match[0].length), adapt };
  }
  return undefined;
}
