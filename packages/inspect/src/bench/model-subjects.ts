import { checkOptions, optionChecks, type KnownOptions } from "@isoconv/core-spec";
import { models } from "@isoconv/zoo";
import type { ModelSubject } from "./subject.js";

/** The largest image extent of a small network. */
const SMALL = 64;

export interface ModelSubjectOptions {
  readonly batch: number;
  readonly seed: number;
  /**
   * `full` is the network's own image size; `small` is 64×64, or more if the network needs it, or the own size if
   * smaller.
   */
  readonly size: "small" | "full";
}

const OPTIONS: KnownOptions<ModelSubjectOptions> = {
  known: { batch: optionChecks.count, seed: optionChecks.seed, size: optionChecks.oneOf(["small", "full"]) },
};

/**
 * The networks of the zoo to time.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for an unknown option or one out of its domain
 */
export function modelSubjects(options: ModelSubjectOptions): readonly ModelSubject[] {
  checkOptions(options, OPTIONS, { op: "modelSubjects" });
  const { batch, seed, size } = options;
  return models.map(({ name, defaults, minimumSize }) => {
    const most = size === "full" ? Infinity : Math.max(SMALL, minimumSize);
    const imageShape = [defaults.channels, Math.min(defaults.height, most), Math.min(defaults.width, most)] as const;
    return {
      kind: "model",
      name: `${name} at ${imageShape.join("×")}`,
      model: name,
      imageShape,
      batch,
      seed,
    };
  });
}
