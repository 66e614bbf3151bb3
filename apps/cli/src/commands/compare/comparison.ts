import type { Capabilities } from "@isoconv/core-spec";
import type { Warning } from "@isoconv/inspect/warnings";

/** One backend's row in a comparison. */
export type ComparisonRow = {
  readonly backend: string;
} & (
  | ({ readonly status: "ran" } & Measurement)
  | { readonly status: "unavailable"; readonly reason: string }
  | { readonly status: "failed"; readonly reason: string }
);

export interface Measurement {
  readonly runtime: Capabilities["runtime"];
  readonly threads: number;
  /** Share of images whose label was predicted; undefined if the images have none. */
  readonly accuracy: number | undefined;
  /** Predicted class of each image. */
  readonly predictions: readonly number[];
  /** Of the predicted class of each image, in [0, 1]. */
  readonly probabilities: readonly number[];
  readonly agrees: boolean;
  /** `max|y − ŷ| / max|ŷ|` over all images. */
  readonly deviation: number;
  /** `deviation` as a share of the derived bound. */
  readonly share: number;
  /** The same for each image alone. */
  readonly shares: readonly number[];
  /** Import, create, compile and the first run of one image. */
  readonly coldStartMilliseconds: number;
  /** Median of one image's run. */
  readonly latencyMilliseconds: number;
  /** From the median run of all images in one batch. */
  readonly imagesPerSecond: number;
}

export interface Comparison {
  readonly format: "isoconv-comparison";
  readonly version: 1;
  readonly model: string;
  readonly weights: string;
  readonly images: string;
  /** Names of the images; absent for images of a test set. */
  readonly names?: readonly string[] | undefined;
  readonly count: number;
  readonly machine: Machine;
  /** The noise floor: how far float32 arithmetic alone moves the result. */
  readonly noiseFloor: number;
  /** 8 noise floors. */
  readonly bound: number;
  readonly rows: readonly ComparisonRow[];
  /** Why the results may be meaningless although nothing failed. */
  readonly warnings: readonly Warning[];
  readonly verdict: "agree" | "disagree";
}

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly platform: string;
  readonly node: string;
}
