import type { Dilations } from "@isoconv/zoo";

/** Which of `layer2`, `layer3` and `layer4` of a ResNet dilate, for each stride of the features. */
export const DILATIONS = {
  "32": [false, false, false],
  "16": [false, false, true],
  "8": [false, true, true],
} as const satisfies Record<string, Dilations>;

/** A value of `--output-stride`. */
export type OutputStride = keyof typeof DILATIONS;
