import { models } from "@isoconv/zoo";
import type { ModelSubject } from "./subject.js";

/** The largest image of a small network. */
const SMALL = 64;

export interface ModelSubjectOptions {
  readonly batch: number;
  readonly seed: number;
  /** `full` is the network's own image size; `small` is 64×64, unless it needs more or its own is less. */
  readonly size: "small" | "full";
}

/** The networks of the zoo to be timed. */
export function modelSubjects({ batch, seed, size }: ModelSubjectOptions): readonly ModelSubject[] {
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
