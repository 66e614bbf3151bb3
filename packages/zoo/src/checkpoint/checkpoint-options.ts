import { checkOptions, IsoconvError, type Location } from "@isoconv/core-spec";
import type { InitOptions } from "@isoconv/nn";
import { starsOf } from "./name-glob.js";

/** Which tensors of a file are read, and under which names. Names and globs are compared with the file's own names. */
export interface TensorSelection {
  /** Only tensors whose names start with this module path, such as `model_ema`, are read, and without it. */
  readonly prefix?: string | undefined;
  /** Globs of names to leave out, such as `head.*`; a `*` stands for any characters. */
  readonly ignore?: readonly string[] | undefined;
  /** Globs of names, each with the name to read instead, such as `{ "head.*": "fc.*" }`; the first that matches counts. */
  readonly rename?: Readonly<Record<string, string>> | undefined;
}

/** How a file is read; see `loadCheckpoint`. */
export interface CheckpointOptions extends TensorSelection {
  /**
   * Draws new values for the head: the parameters whose shapes depend on the number of classes. The file's head, of any
   * shape, is dropped.
   */
  readonly freshHead?: InitOptions | undefined;
  /**
   * Uses weights for RGB images in a network of one channel, or of four and more: one channel gets the sum of the three
   * weights, which computes what the network computes on the same image in R, G and B; each further channel gets the
   * weight 0, so that it does not count. False by default.
   */
  readonly adaptChannels?: boolean | undefined;
}

const WHERE: Location = { op: "loadCheckpoint" };

/** @throws IsoconvError `INVALID_ATTRIBUTE` for an unknown option or a value of a wrong type */
export function checkCheckpointOptions(options: CheckpointOptions): void {
  checkOptions(
    options,
    { known: { prefix: true, ignore: true, rename: true, freshHead: true, adaptChannels: true } },
    WHERE,
  );
  const { prefix, ignore, rename, adaptChannels } = options;
  if (prefix !== undefined && !isName(prefix)) throw wrong("prefix", "a module path, such as model_ema", prefix);
  if (ignore !== undefined && !(Array.isArray(ignore) && ignore.every(isName))) {
    throw wrong("ignore", "a list of globs", ignore);
  }
  if (adaptChannels !== undefined && typeof adaptChannels !== "boolean") {
    throw wrong("adaptChannels", "true or false", adaptChannels);
  }
  if (rename === undefined) return;
  if (typeof rename !== "object" || rename === null || Array.isArray(rename)) {
    throw wrong("rename", "an object of globs and names", rename);
  }
  for (const [from, to] of Object.entries(rename)) {
    if (!isName(from) || !isName(to)) throw wrong("rename", "globs and names that are not empty", { [from]: to });
    if (starsOf(to) > starsOf(from)) throw wrong("rename", "as many * in the glob as in the name", { [from]: to });
  }
}

function isName(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function wrong(option: keyof CheckpointOptions, expected: string, received: unknown): IsoconvError {
  const path = `options.${option}`;
  return new IsoconvError("INVALID_ATTRIBUTE", { ...WHERE, path, what: "wrong value", expected, received });
}
