import type { AccuracyRule, NodeOf } from "@isoconv/core-spec";
import type { Expected } from "./agreement.js";

/** An operand of the oracle or of a backend. */
export interface Elements {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/**
 * The smallest growth of the rounding error of a fast convolution, relative to {@link transformedMagnitudes}. Measured
 * over 150,000 elements for one channel, where it is largest: 4 for Winograd's F(2×2, 3×3), 87 for F(4×4), 110 for
 * F(6×6), whose transforms have the largest coefficients in use. With many channels the sum over them prevails.
 */
const FAST_GROWTH = 256;

/**
 * The bounds of a convolution that may transform its operands. A transform adds the elements of a tile before it
 * multiplies, so an element's error is as large as the largest element of the tile allows, however small its own
 * window's are, and beside the border too, where the tile overhangs the image. An FFT's tile is the whole image.
 *
 * @param expected the whole result, or the part of it that its `indexOf` names
 */
export function widenForFastConvolution(
  node: NodeOf<"conv2d">,
  rule: Extract<AccuracyRule, { kind: "rounded" }>,
  elementsOf: (name: string) => Elements,
  expected: Expected,
): { readonly rule: AccuracyRule; readonly expected: Expected } {
  const planes = transformedMagnitudes(node, elementsOf);
  const planeOf = numberPlanes(elementsOf(node.inputs.w).shape[0], planes.length, expected);
  const magnitude = expected.value.map((_, i) => planes[planeOf(i)]);
  // A transform spreads NaN and ∞ over its tile.
  const undetermined = Uint8Array.from(magnitude, (most, i) =>
    Number.isFinite(most) ? (expected.undetermined?.[i] ?? 0) : 1,
  );
  return {
    rule: { ...rule, magnitude: Math.max(rule.magnitude, FAST_GROWTH) },
    expected: { ...expected, magnitude, undetermined },
  };
}

/** The plane, an output channel of an image, in which the i-th element is. */
function numberPlanes(channels: number, count: number, { value, indexOf }: Expected): (i: number) => number {
  if (indexOf === undefined) return (i) => Math.floor((i * count) / value.length);
  return (i) => {
    const [image, channel] = indexOf(i);
    return image * channels + channel;
  };
}

/** `Σ_c max|x[n,c]|·Σ|w[o,c]| + |bias[o]|` for every plane (n, o); never below `Σ|x·w| + |bias|` of its elements. */
function transformedMagnitudes(
  { inputs, attrs }: NodeOf<"conv2d">,
  elementsOf: (name: string) => Elements,
): Float64Array {
  const [x, w] = [elementsOf(inputs.x), elementsOf(inputs.w)];
  const offsets = inputs.bias === undefined ? undefined : elementsOf(inputs.bias).data;
  const [peaks, totals] = [fold(x, Math.max), fold(w, (sum, tap) => sum + tap)];
  const [images, channels] = x.shape;
  const [filters, perGroup] = w.shape;
  return Float64Array.from({ length: images * filters }, (_, plane) => {
    const [image, o] = [Math.floor(plane / filters), plane % filters];
    const first = image * channels + Math.floor((o * attrs.groups) / filters) * perGroup;
    let sum = Math.abs(offsets?.[o] ?? 0);
    for (let c = 0; c < perGroup; c += 1) sum += peaks[first + c] * totals[o * perGroup + c];
    return sum;
  });
}

/** Joins the absolute values of each plane of a tensor of rank 4. */
function fold({ shape, data }: Elements, join: (a: number, b: number) => number): Float64Array {
  const [outer, inner, height, width] = shape;
  const plane = height * width;
  return Float64Array.from({ length: outer * inner }, (_, k) => {
    let joined = 0;
    for (let i = k * plane; i < (k + 1) * plane; i += 1) joined = join(joined, Math.abs(data[i]));
    return joined;
  });
}
