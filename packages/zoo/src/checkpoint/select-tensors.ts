import { IsoconvError, render } from "@isoconv/core-spec";
import { renameTensors, type WeightsFile } from "@isoconv/weights";
import type { TensorSelection } from "./checkpoint-options.js";
import type { DroppedTensor } from "./dropped.js";
import { fillGlob, matchGlob } from "./name-glob.js";

/** The zoo's largest network has a few thousand tensors; more would only take time. */
export const MOST_TENSORS = 65_536;

/** The tensors of a file that its reader asked for. */
export interface SelectedTensors {
  readonly file: WeightsFile;
  /** The names in the original file, by the names in `file`. */
  readonly given: ReadonlyMap<string, string>;
  /** What was taken off every name: `prefix` with a dot at the end, or nothing. */
  readonly prefix: string;
  readonly dropped: readonly DroppedTensor[];
}

/**
 * Leaves out, renames, and takes a prefix off, in this order.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for a prefix or a glob that no tensor has; `INVALID_WEIGHTS` for anything but the
 *   result of `readWeights`, for more tensors than any network has, and when two tensors get the same name
 */
export function selectTensors(file: WeightsFile, selection: TensorSelection): SelectedTensors {
  checkWeights(file);
  const { ignore = [], rename = {} } = selection;
  const prefix = selection.prefix === undefined ? "" : selection.prefix.replace(/\.?$/, ".");
  const unused = new Set([...ignore, ...Object.keys(rename)]);
  const given = new Map<string, string>();
  const dropped: DroppedTensor[] = [];
  const nameOf = (name: string): string | undefined => {
    const ignored = ignore.find((glob) => matchGlob(glob, name) !== undefined);
    if (ignored !== undefined) {
      unused.delete(ignored);
      dropped.push({ name, why: "ignored" });
      return undefined;
    }
    const renamed = renamedBy(rename, name, (glob) => unused.delete(glob));
    if (!renamed.startsWith(prefix)) {
      dropped.push({ name, why: "outside-prefix" });
      return undefined;
    }
    given.set(renamed.slice(prefix.length), name);
    return renamed.slice(prefix.length);
  };
  const selected = renameTensors(file, nameOf);
  const [useless] = unused;
  if (useless !== undefined) throw matchesNothing(ignore.includes(useless) ? "ignore" : "rename", useless, file);
  if (prefix !== "" && given.size === 0) throw matchesNothing("prefix", prefix, file);
  return { file: selected, given, prefix, dropped };
}

/** JavaScript may pass anything; a forgotten `await` is the usual mistake. */
function checkWeights(file: unknown): void {
  const tensors = typeof file === "object" && file !== null && "tensors" in file ? file.tensors : undefined;
  if (!(tensors instanceof Map)) {
    throw new IsoconvError("INVALID_WEIGHTS", {
      op: "loadCheckpoint",
      path: "file",
      what: "not a file of weights",
      expected: "what await readWeights(name, bytes) returns",
      received: file,
    });
  }
  if (tensors.size <= MOST_TENSORS) return;
  throw new IsoconvError("INVALID_WEIGHTS", {
    op: "loadCheckpoint",
    path: "file",
    what: "more tensors than a checkpoint of a network has",
    expected: `at most ${MOST_TENSORS}`,
    received: tensors.size,
  });
}

function renamedBy(rename: Readonly<Record<string, string>>, name: string, onMatch: (glob: string) => void): string {
  for (const [from, to] of Object.entries(rename)) {
    const stars = matchGlob(from, name);
    if (stars === undefined) continue;
    onMatch(from);
    return fillGlob(to, stars);
  }
  return name;
}

function matchesNothing(option: keyof TensorSelection, received: string, { tensors }: WeightsFile): IsoconvError {
  const [first] = tensors.keys();
  return new IsoconvError("INVALID_ATTRIBUTE", {
    op: "loadCheckpoint",
    path: `options.${option}`,
    what: "no tensor of the file has such a name",
    received,
    hint: first === undefined ? "The file has no tensors" : `The first is ${render(first)}`,
  });
}
