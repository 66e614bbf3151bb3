import type { OpName } from "@isoconv/core-spec";
import { cycle } from "./fills.js";
import { special, type OpCases } from "./op-cases.js";

/** Activations of which the registry does not say enough. */
export const activations = {
  leakyRelu: {
    random: { limit: (limits, _operands, { slope }) => Math.max(...limits) * Math.max(1, Number(slope)) },
  },
  elu: {
    random: { limit: (limits, _operands, { alpha }) => Math.max(...limits, Number(alpha)) },
  },
  clip: {
    special: [
      special(
        "at-its-limits",
        { x: [12] },
        { x: cycle(0, -0, 6, 6.000001, -1e-30, Infinity, -Infinity, 5.9999995) },
        { min: 0, max: 6 },
      ),
      special("min-equals-max", { x: [6] }, { x: cycle(-1, 2, 7) }, { min: 2, max: 2 }),
      special("infinity-below-no-limit", { x: [6] }, { x: cycle(-Infinity, Infinity, 1) }, { min: 0 }),
      special("infinity-above-no-limit", { x: [6] }, { x: cycle(-Infinity, Infinity, 1) }, { max: 0 }),
    ],
    misfits: [{ name: "min-exceeds-max", attrs: { min: 7 } }],
    random: {
      limit: (limits, _operands, { min, max }) => Math.max(...limits, Math.abs(Number(min)), Math.abs(Number(max))),
    },
  },
} satisfies Partial<Record<OpName, OpCases>>;
