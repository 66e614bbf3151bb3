import { isIsoconvError, type Attrs } from "@isoconv/core-spec";
import fc from "fast-check";

/** A random convolution: small extents and attributes, in any combination. */
export interface Convolution {
  readonly batch: number;
  readonly groups: number;
  readonly channelsPerGroup: number;
  readonly filtersPerGroup: number;
  readonly size: readonly [number, number];
  readonly kernel: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
  readonly pads: Attrs<"conv2d">["pads"];
}

const upTo = (min: number, max: number) => fc.integer({ min, max });
const pairUpTo = (min: number, max: number) => fc.tuple(upTo(min, max), upTo(min, max));

export const anyConvolution: fc.Arbitrary<Convolution> = fc.record({
  batch: upTo(0, 2),
  groups: upTo(1, 3),
  channelsPerGroup: upTo(1, 3),
  filtersPerGroup: upTo(1, 3),
  size: pairUpTo(1, 8),
  kernel: pairUpTo(1, 4),
  strides: pairUpTo(1, 3),
  dilations: pairUpTo(1, 3),
  pads: fc.tuple(upTo(0, 3), upTo(0, 3), upTo(0, 3), upTo(0, 3)),
});

/** Skips cases that the registry refuses: kernels larger than the input, windows that lie in the padding. */
export function unlessRefused<T>(attempt: () => T): T {
  try {
    return attempt();
  } catch (error) {
    fc.pre(!isIsoconvError(error, "INVALID_SHAPE"));
    throw error;
  }
}
