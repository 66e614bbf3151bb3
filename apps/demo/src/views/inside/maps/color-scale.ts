/** A mapping from numbers to colours. */
export interface ColorScale {
  readonly kind: "diverging" | "sequential";
  readonly low: number;
  readonly high: number;
  /** 256 colours from `low` to `high` in a canvas's pixel format: red in the lowest byte. */
  readonly colors: Uint32Array;
  /** Colour for numbers outside the limits; absent if the scale has no limits. */
  readonly outside: number | undefined;
}

type Rgb = readonly [red: number, green: number, blue: number];

/** Viridis, by Stéfan van der Walt and Nathaniel Smith: perceptually uniform, also for colour-blind readers. */
const VIRIDIS: readonly Rgb[] = [
  [68, 1, 84],
  [71, 44, 122],
  [59, 81, 139],
  [44, 113, 142],
  [33, 144, 141],
  [39, 173, 129],
  [92, 200, 99],
  [170, 220, 50],
  [253, 231, 37],
];
/** ColorBrewer's RdBu, reversed: blue below zero, red above. */
const BLUE_RED: readonly Rgb[] = [
  [5, 48, 97],
  [33, 102, 172],
  [67, 147, 195],
  [146, 197, 222],
  [247, 247, 247],
  [244, 165, 130],
  [214, 96, 77],
  [178, 24, 43],
  [103, 0, 31],
];
/** The colour of NaN, of infinities and of values outside the limits. */
const LOUD: Rgb = [255, 0, 255];

const ramps = { sequential: rampOf(VIRIDIS), diverging: rampOf(BLUE_RED) };

/** Symmetric about zero if there are values of both signs; otherwise from the least to the largest. */
export function scaleOf(low: number, high: number): ColorScale {
  if (!(low <= high)) return { kind: "sequential", low: 0, high: 0, colors: ramps.sequential, outside: undefined };
  if (low < 0) return symmetric(Math.max(-low, high));
  return { kind: "sequential", low, high, colors: ramps.sequential, outside: undefined };
}

/** From −most to most, with zero in the middle. With `limited`, numbers outside have the warning colour. */
export function symmetric(most: number, limited = false): ColorScale {
  const outside = limited ? pixel(LOUD) : undefined;
  return { kind: "diverging", low: -most, high: most, colors: ramps.diverging, outside };
}

/** The pixel for a number. */
export function colorAt({ low, high, colors, outside, kind }: ColorScale, value: number): number {
  if (Number.isNaN(value) || Math.abs(value) === Infinity) return pixel(LOUD);
  if (outside !== undefined && (value < low || value > high)) return outside;
  // A constant plane gets the middle colour of a diverging scale and the bottom colour of a sequential one.
  const share = high > low ? (value - low) / (high - low) : kind === "diverging" ? 0.5 : 0;
  return colors[Math.max(0, Math.min(255, Math.round(share * 255)))] ?? 0;
}

/** The scale as a CSS background, for the legend. */
export function gradientOf({ kind }: Pick<ColorScale, "kind">): string {
  const stops = (kind === "diverging" ? BLUE_RED : VIRIDIS).map((rgb) => `rgb(${rgb.join(" ")})`);
  return `linear-gradient(to right, ${stops.join(", ")})`;
}

function rampOf(stops: readonly Rgb[]): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, index) => {
    const position = (index / 255) * (stops.length - 1);
    const before = Math.min(stops.length - 2, Math.floor(position));
    const [from, to] = [stops[before] ?? LOUD, stops[before + 1] ?? LOUD];
    const mix = (channel: 0 | 1 | 2): number =>
      Math.round(from[channel] + (to[channel] - from[channel]) * (position - before));
    return pixel([mix(0), mix(1), mix(2)]);
  });
}

function pixel([red, green, blue]: Rgb): number {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
