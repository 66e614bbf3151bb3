import { byName, type Variant } from "@isoconv/conformance/faults";
import * as arithmetic from "./variants/arithmetic.js";
import * as formula from "./variants/formula.js";
import * as structure from "./variants/structure.js";
import * as summation from "./variants/summation.js";

/** All correct backends: every export of the files of variants, each a variant or a list of them. */
export const variants: readonly Variant[] = [structure, summation, formula, arithmetic].flatMap((file) =>
  byName(Object.values<Variant | readonly Variant[]>(file).flat()),
);
