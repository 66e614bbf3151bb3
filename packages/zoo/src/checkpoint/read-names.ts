import { isBatchCounter } from "@isoconv/weights";
import { namings, type Naming, type NamingName } from "./namings.js";

/** A change made to a checkpoint's names; see {@link readNames}. */
export type CheckpointRule = "data-parallel" | "nested" | "auxiliary-heads" | NamingName;

/** Prefixes that wrappers add to every name. */
const WRAPPERS = [
  /** `torch.nn.DataParallel` and `DistributedDataParallel`. */
  { rule: "data-parallel", prefix: "module." },
  /** The flattened checkpoint of a training script. */
  { rule: "nested", prefix: "state_dict." },
  { rule: "nested", prefix: "model." },
] as const;

/** Auxiliary classifiers, used only in training, of torchvision's GoogLeNet and Inception v3. */
const AUXILIARY_HEADS = ["aux1.", "aux2.", "AuxLogits."];

/** One tensor of a file. */
export interface NameReading {
  /** Its name in the file. */
  readonly given: string;
  /** Its name in the network, if it has one. */
  readonly name: string;
  /** Whether the network has its elements in another shape. */
  readonly reshaped: boolean;
}

/** The result of matching a file's names. */
export interface NamesReading {
  /** The changes, in this order; the naming comes last. */
  readonly rules: readonly CheckpointRule[];
  readonly kept: readonly NameReading[];
  /** Names in the file of tensors that the network does not use. */
  readonly dropped: readonly string[];
}

/**
 * Matches a file's names with a network's:
 *
 * 1. `data-parallel`, `nested`: a prefix of all names is removed.
 * 2. `auxiliary-heads`: `aux1`, `aux2` and `AuxLogits` are dropped if the network has none.
 * 3. A naming: names that are not the network's are renamed if exactly one naming matches all of them and turns at least
 *    one into the network's. Otherwise all names stay unchanged, which is called `pytorch`.
 *
 * There are no guesses: names that match no rule are kept for the error.
 *
 * @param wanted the network's own names
 */
export function readNames(wanted: ReadonlySet<string>, given: readonly string[]): NamesReading {
  const rules: CheckpointRule[] = [];
  let prefix = "";
  for (let wrapper = wrapperOf(given, prefix); wrapper !== undefined; wrapper = wrapperOf(given, prefix)) {
    prefix += wrapper.prefix;
    rules.push(wrapper.rule);
  }
  const surplus = AUXILIARY_HEADS.filter((head) => ![...wanted].some((name) => name.startsWith(head)));
  const dropped = given.filter((name) => surplus.some((head) => name.startsWith(prefix + head)));
  if (dropped.length > 0) rules.push("auxiliary-heads");
  const gone = new Set(dropped);
  const plain = given
    .filter((name) => !gone.has(name))
    .map((name) => ({ given: name, name: name.slice(prefix.length) }));
  const naming = namingOf(
    wanted,
    plain.map(({ name }) => name),
  );
  const kept = plain.map(({ given, name }): NameReading => {
    const renamed = naming === undefined || wanted.has(name) ? undefined : rename(naming, name);
    return { given, ...(renamed ?? { name, reshaped: false }) };
  });
  return { rules: [...rules, naming?.name ?? "pytorch"], kept, dropped };
}

function wrapperOf(given: readonly string[], prefix: string): (typeof WRAPPERS)[number] | undefined {
  if (given.length === 0) return undefined;
  return WRAPPERS.find((wrapper) => given.every((name) => name.startsWith(prefix + wrapper.prefix)));
}

function namingOf(wanted: ReadonlySet<string>, names: readonly string[]): Naming | undefined {
  const foreign = names.filter((name) => !wanted.has(name) && !isBatchCounter(name));
  const fitting = namings.filter((naming) => {
    const renamed = foreign.map((name) => rename(naming, name)?.name);
    return !renamed.includes(undefined) && renamed.some((name) => name !== undefined && wanted.has(name));
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}

function rename({ renamings }: Naming, name: string): Pick<NameReading, "name" | "reshaped"> | undefined {
  for (const { from, to, reshaped = false } of renamings) {
    const match = from.exec(name);
    if (match !== null) return { name: to(...match.slice(1)) + name.slice(match[0].length), reshaped };
  }
  return undefined;
}
