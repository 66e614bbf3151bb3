import { selection } from "../accuracy.js";
import { IsoconvError } from "../error.js";
import { defineOp, type OpDoc } from "../op.js";
import { tensor } from "../operand.js";
import { float } from "../scalar-attributes.js";

export const clipDoc: OpDoc<typeof clip> = {
  summary: "Limits values to a range.",
  formula: "y = min(max(x, min), max)",
  notes: ["clip(NaN) is NaN. min must not exceed max."],
  inputs: { x: "Input." },
  attrs: { min: "Lower limit.", max: "Upper limit." },
  example: { inputs: { x: ["N", 10] }, attrs: { min: 0, max: 6 } },
};

export const clip = defineOp({
  name: "clip",
  family: "activation",
  inputs: { x: tensor() },
  attrs: {
    min: float({ default: -Infinity, infinite: true }),
    max: float({ default: Infinity, infinite: true }),
  },
  special: { nan: "selects", signedZero: "free" },
  exactOnIntegers: () => true,
  infer: ({ x }, { min, max }, at) => {
    if (min <= max) return x;
    throw new IsoconvError("INVALID_ATTRIBUTE", {
      ...at,
      path: "attrs.min",
      what: "min exceeds max",
      expected: `at most ${max}`,
      received: min,
    });
  },
  receptiveField: ({ x }) => x,
  accuracy: () => selection,
});
