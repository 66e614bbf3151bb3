import { render } from "@isoconv/core-spec";
import type { CheckpointOptions, CheckpointReading, DropReason } from "@isoconv/zoo";
import { InvalidArgumentError, Option, type Command } from "commander";
import { collect, parseSeed } from "./arguments.js";
import { UsageError } from "./usage-error.js";

/** How the file of `--weights` is read. */
export interface CheckpointFlags {
  readonly prefix?: string | undefined;
  readonly ignore?: readonly string[];
  /** `[from, to]` each. */
  readonly rename?: readonly (readonly [string, string])[];
  /** The seed of the head's values. */
  readonly freshHead?: number | undefined;
  readonly adaptChannels?: boolean;
}

/** Adds the flags to a command. */
export function addCheckpointFlags(command: Command): Command {
  return command
    .option("--prefix <path>", "read only the tensors of the weights below this module, such as model_ema")
    .addOption(
      new Option("--ignore <glob>", "leave out tensors of the weights, such as 'head.*'; may be repeated")
        .argParser(collect)
        .default([]),
    )
    .addOption(
      new Option("--rename <glob=name>", "read tensors under other names, such as 'head.*=fc.*'; may be repeated")
        .argParser(collectRename)
        .default([]),
    )
    .addOption(
      new Option("--fresh-head <seed>", "draw the last layer from this seed, for another number of classes").argParser(
        parseSeed,
      ),
    )
    .option(
      "--adapt-channels",
      "use weights for RGB: their sum for 1 channel, 0 for each channel after the third",
      false,
    );
}

type Renaming = readonly [from: string, to: string];

function collectRename(text: string, before: readonly Renaming[]): readonly Renaming[] {
  const equals = text.indexOf("=");
  if (equals > 0 && equals < text.length - 1) return [...before, [text.slice(0, equals), text.slice(equals + 1)]];
  throw new InvalidArgumentError("expected GLOB=NAME, such as 'head.*=fc.*'.");
}

/**
 * The options of `loadCheckpoint`.
 *
 * @throws UsageError for two new names of the same tensors
 */
export function checkpointOptions(flags: CheckpointFlags): CheckpointOptions {
  const { prefix, ignore = [], rename = [], freshHead, adaptChannels = false } = flags;
  const twice = rename.find(([from], index) => rename.findIndex(([other]) => other === from) < index);
  if (twice !== undefined) throw new UsageError(`--rename has ${twice[0]} twice`);
  return {
    prefix,
    ignore,
    rename: Object.fromEntries(rename),
    freshHead: freshHead === undefined ? undefined : { seed: freshHead },
    adaptChannels,
  };
}

/**
 * @param why a flag would have no effect, in words that follow its name
 * @throws UsageError for the first flag
 */
export function checkNoFlags(flags: CheckpointFlags, why: string): void {
  const [first] = checkpointWords(flags);
  if (first !== undefined) throw new UsageError(`${first} ${why}`);
}

/** The flags as words of a command. */
export function checkpointWords(flags: CheckpointFlags): readonly string[] {
  const { prefix, ignore = [], rename = [], freshHead, adaptChannels = false } = flags;
  return [
    ...(prefix === undefined ? [] : ["--prefix", prefix]),
    ...ignore.flatMap((glob) => ["--ignore", `'${glob}'`]),
    ...rename.flatMap(([from, to]) => ["--rename", `'${from}=${to}'`]),
    ...(freshHead === undefined ? [] : ["--fresh-head", String(freshHead)]),
    ...(adaptChannels ? ["--adapt-channels"] : []),
  ];
}

/** What is said of dropped tensors. */
const REASONS: Readonly<Record<DropReason, string>> = {
  ignored: "left out as asked",
  "outside-prefix": "outside the prefix",
  "no-parameter": "not parameters of a network",
  "auxiliary-head": "of auxiliary heads, which the network does not have",
  "unused-part": "of parts that are not loaded",
};

/** What was done to the tensors of a file, a sentence each; none for a file that has exactly the network's names. */
export function describeReading({ prefix, renamed, dropped, fresh, adapted }: CheckpointReading): readonly string[] {
  const reasons = [...new Set(dropped.map(({ why }) => why))];
  const counted = (names: readonly string[]): string => {
    const shown = names.slice(0, SHOWN).map((name) => render(name));
    return `${names.length} ${names.length === 1 ? "tensor" : "tensors"} (${[...shown, ...(names.length > SHOWN ? ["…"] : [])].join(", ")})`;
  };
  return [
    ...(prefix === "" ? [] : [`took ${render(prefix)} off the names`]),
    ...(renamed.length === 0 ? [] : [`renamed ${counted(renamed.map(({ from }) => from))}`]),
    ...reasons.map((reason) => {
      const names = dropped.filter(({ why }) => why === reason).map(({ name }) => name);
      return `dropped ${counted(names)}: ${REASONS[reason]}`;
    }),
    ...(fresh.length === 0 ? [] : [`drew new values for ${counted(fresh)}: the head is not trained`]),
    ...(adapted.length === 0 ? [] : [`made ${counted(adapted)} for RGB fit the network's channels`]),
  ];
}

const SHOWN = 3;
