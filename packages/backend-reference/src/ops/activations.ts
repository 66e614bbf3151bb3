import { elementCount } from "@isoconv/core-spec";
import { erfc } from "../erfc.js";
import { mapElements, type OracleTable } from "../oracle-array.js";

/** Functions of one element. */
export const activations = {
  /** `y = max(x, 0)`; `Math.max` keeps NaN. */
  relu: ({ x }) => mapElements(x, (v) => Math.max(v, 0)),

  /** `y = x` if `x ≥ 0`, else `slope · x` */
  leakyRelu: ({ x }, { slope }) => mapElements(x, (v) => (v >= 0 ? v : slope * v)),

  /** `y = x` if `x ≥ 0`, else `slope · x`, with the slope of each element's channel (axis 1) or the only one */
  prelu: ({ x, slope }, _attrs, { shape }) => {
    const size = elementCount(shape.slice(2));
    const slopeOf = (k: number): number => slope.value[Math.floor(k / size) % slope.value.length];
    return { shape, value: x.value.map((v, k) => (v >= 0 ? v : slopeOf(k) * v)) };
  },

  /** `y = x` if `x ≥ 0`, else `alpha · (e^x − 1)` */
  elu: ({ x }, { alpha }) => mapElements(x, (v) => (v >= 0 ? v : alpha * Math.expm1(v))),

  /** `y = min(max(x, min), max)`; `Math.min` and `Math.max` keep NaN. */
  clip: ({ x }, { min, max }) => mapElements(x, (v) => Math.min(Math.max(v, min), max)),

  /** `y = 1 / (1 + e^(−x))` */
  sigmoid: ({ x }) => mapElements(x, (v) => 1 / (1 + Math.exp(-v))),

  /** `y = min(max(x/6 + 1/2, 0), 1)`, `M = min(|x|/6 + 1/2, 1)`: where `x/6 + 1/2` is larger, its error is clipped away. */
  hardSigmoid: ({ x }) =>
    mapElements(
      x,
      (v) => Math.min(Math.max(v / 6 + 0.5, 0), 1),
      (v) => Math.min(Math.abs(v) / 6 + 0.5, 1),
    ),

  /** `y = (e^x − e^(−x)) / (e^x + e^(−x))` */
  tanh: ({ x }) => mapElements(x, Math.tanh),

  /** `y = x / (1 + e^(−x))`, `M = |x|` */
  silu: ({ x }) => mapElements(x, (v) => v / (1 + Math.exp(-v)), Math.abs),

  /** `y = x · min(max(x/6 + 1/2, 0), 1)`, `M = |x|·min(|x|/6 + 1/2, 1)` */
  hardSwish: ({ x }) =>
    mapElements(
      x,
      (v) => v * Math.min(Math.max(v / 6 + 0.5, 0), 1),
      (v) => Math.abs(v) * Math.min(Math.abs(v) / 6 + 0.5, 1),
    ),

  /** `y = x · Φ(x) = x/2 · erfc(−x/√2)`, `M = |x|`; erfc, because `1 + erf` cancels for negative x. */
  gelu: ({ x }) => mapElements(x, (v) => (v / 2) * erfc(-v / Math.SQRT2), Math.abs),
} satisfies Partial<OracleTable>;
