import { IsoconvError, optionChecks, type KnownOptions, type Location, type Pair } from "@isoconv/core-spec";
import { parsePair, type PairLike } from "../arguments.js";

/** The common options of the two pools, with PyTorch's defaults. */
export interface PoolOptions {
  readonly kernelSize: PairLike;
  /** The kernel size by default. */
  readonly stride?: PairLike;
  /** On each side, 0 by default; at most half the kernel size. */
  readonly padding?: PairLike;
  /** Round the output size up instead of down; false by default. */
  readonly ceilMode?: boolean;
}

/** The names and checks of {@link PoolOptions}. */
export const poolOptions: KnownOptions<PoolOptions>["known"] = {
  kernelSize: true,
  stride: true,
  padding: true,
  ceilMode: optionChecks.flag,
};

interface PoolArguments {
  readonly kernel: Pair;
  readonly strides: Pair;
  readonly padding: Pair;
  readonly ceilMode: boolean;
}

/** @throws IsoconvError `INVALID_ATTRIBUTE`, also where PyTorch's `pool2d_shape_check` refuses the padding */
export function parsePool(options: PoolOptions, at: Location): PoolArguments {
  const kernel = parsePair(options.kernelSize, "kernelSize", 1, at);
  const strides = parsePair(options.stride ?? kernel, "stride", 1, at);
  const padding = parsePair(options.padding ?? 0, "padding", 0, at);
  for (const axis of [0, 1] as const) {
    if (padding[axis] <= Math.floor(kernel[axis] / 2)) continue;
    throw new IsoconvError("INVALID_ATTRIBUTE", {
      ...at,
      path: "padding",
      what: "padding exceeds half the kernel",
      expected: `at most ${Math.floor(kernel[axis] / 2)} for a kernel of ${kernel[axis]}`,
      received: padding[axis],
    });
  }
  return { kernel, strides, padding, ceilMode: options.ceilMode ?? false };
}
