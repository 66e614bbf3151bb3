import { IsoconvError, render, type Shape } from "@isoconv/core-spec";
import { showShape } from "./invalid.js";
import type { WantedParameter } from "./load-parameters.js";
import type { StoredTensor } from "./stored-tensor.js";

/** The differences between a file and a network. */
export interface Mismatch {
  readonly missing: readonly WantedParameter[];
  readonly unexpected: readonly WantedParameter[];
  readonly misshapen: readonly { readonly spec: WantedParameter; readonly received: Shape }[];
  readonly notFloat: readonly Pick<StoredTensor, "name" | "dtype">[];
}

/**
 * One error for all differences, so that users can fix a checkpoint at once, not key by key.
 *
 * @param network its name, if known
 * @param advice what to try; by default the prefix that only one side's names have, if there is one
 */
export function mismatchError(mismatch: Mismatch, network?: string, advice?: string): IsoconvError {
  const { missing, unexpected, misshapen, notFloat } = mismatch;
  const kinds = [missing, unexpected, misshapen, notFloat].filter((kind) => kind.length > 0).length;
  const shown = Math.max(2, Math.ceil(SHOWN / kinds));
  const listing = <T>(what: string, items: readonly T[], show: (item: T) => string): string[] => {
    if (items.length === 0) return [];
    const rest = items.length > shown ? " | …" : "";
    return [`${items.length} ${what} (${items.slice(0, shown).map(show).join(" | ")}${rest})`];
  };
  const parts = [
    ...listing("missing", missing, ({ name, shape }) => `${render(name)} ${showShape(shape)}`),
    ...listing("unexpected", unexpected, ({ name, shape }) => `${render(name)} ${showShape(shape)}`),
    ...listing("misshapen", misshapen, ({ spec, received }) => {
      return `${render(spec.name)} expected ${showShape(spec.shape)}, got ${showShape(received)}`;
    }),
    ...listing("not floating-point", notFloat, ({ name, dtype }) => `${render(name)} ${dtype}`),
  ];
  const names = (specs: readonly WantedParameter[]): string[] => specs.map(({ name }) => name);
  const hint = advice ?? prefixHint(names(missing), names(unexpected));
  return new IsoconvError("INVALID_WEIGHTS", {
    node: network,
    path: "parameters",
    what: `the file does not fit the network: ${parts.join("; ")}`,
    hint,
  });
}

/** How many names the error lists, of all kinds of mismatch together, or two of each. */
const SHOWN = 5;

function prefixHint(missing: readonly string[], unexpected: readonly string[]): string | undefined {
  const surplus = sharedPrefix(unexpected, missing);
  if (surplus !== undefined) {
    return `The file's names start with ${render(surplus)}: take it off with renameTensors`;
  }
  const lacking = sharedPrefix(missing, unexpected);
  if (lacking !== undefined) {
    return `The network's names start with ${render(lacking)}: put it before the file's with renameTensors`;
  }
  return undefined;
}

/**
 * Finds a prefix such as DataParallel's `module.`: every longer name must start with it, and with it at least half of
 * the shorter names must equal a longer one.
 */
function sharedPrefix(longer: readonly string[], shorter: readonly string[]): string | undefined {
  const known = new Set(longer);
  for (const sample of shorter.slice(0, SHOWN)) {
    const match = longer.find((name) => name.endsWith(`.${sample}`));
    if (match === undefined) continue;
    const prefix = match.slice(0, -sample.length);
    const hits = shorter.filter((name) => known.has(prefix + name)).length;
    if (2 * hits >= shorter.length && longer.every((name) => name.startsWith(prefix))) return prefix;
  }
  return undefined;
}
