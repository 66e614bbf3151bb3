import type { OpName } from "@isoconv/core-spec";
import { axes, shapeOf } from "../families/matrix/axes.js";
import { cycle, everything, everythingNormal, saturating } from "./fills.js";
import { special, type OpCases } from "./op-cases.js";

/** Activations that need more than the registry's cases. */
export const activations = {
  leakyRelu: {
    random: { limit: (limits, _operands, { slope }) => Math.max(...limits) * Math.max(1, Number(slope)) },
  },
  prelu: {
    axes: axes(
      {
        shape: [["N", 3, 5, 4], ["N", 7], [2, 3, 4], [5], [], [2, 3, 2, 1, 2, 1, 3, 2], [2, 0, 3], [2, 1, 3, 3]],
        slopes: ["per channel", "one"],
      },
      ({ shape, slopes }) => ({ x: shapeOf(shape), slope: [slopes === "one" ? 1 : Number(shape[1])] }),
    ),
    special: [
      special("saturated", { x: [22], slope: [1] }, { x: saturating, slope: cycle(0.25) }),
      special("slopes-of-any-sign", { x: ["N", 5, 3, 2], slope: [5] }, { slope: cycle(0, 1, -1, -0.5, 3) }),
      special(
        "infinity-times-zero",
        { x: [2, 2, 3], slope: [2] },
        { x: cycle(-Infinity, Infinity, -0, -1, 0), slope: cycle(0, 2) },
      ),
      special("overflow", { x: [2, 2], slope: [2] }, { x: cycle(-3e38, 3e38), slope: cycle(2, 0.5) }),
      special(
        "every-magnitude",
        { x: [61, 65, 67], slope: [65] },
        { x: everythingNormal([61, 65, 67]), slope: { kind: "sweep", from: -20, to: 20 } },
      ),
    ],
    misfits: [
      { name: "too-many-slopes", shapes: { slope: [4] } },
      { name: "slopes-along-the-last-axis", shapes: { slope: [5] } },
    ],
    random: {
      operands: (main, { choose, parameter }) => ({
        x: main,
        slope: parameter("slope", [choose([1, Number(main.shape[1])])]),
      }),
    },
  },
  elu: {
    special: [
      special("saturated", { x: [22] }, { x: saturating }),
      special("every-magnitude-alpha", { x: [16_381] }, { x: everything([16_381]) }, { alpha: 1.6732632 }),
    ],
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
