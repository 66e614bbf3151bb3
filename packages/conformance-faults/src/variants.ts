import { byName, type Variant } from "@isoconv/conformance/faults";
import * as arithmetic from "./variants/arithmetic.js";
import * as structure from "./variants/structure.js";
import * as summation from "./variants/summation.js";

/** Correct backends: what a file of variants exports is among them. */
export const variants: readonly Variant[] = [structure, summation, arithmetic].flatMap((file) =>
  byName(Object.values<Variant>(file)),
);
