import {
  checkOptions,
  exposeValues,
  optionChecks,
  type Feeds,
  type Graph,
  type Parameters,
  type Tensor,
} from "@isoconv/core-spec";
import { runOracle } from "@isoconv/backend-reference";
import { noiseAllowance, classNoiseFloor, type Rounding } from "./noise-floor.js";

/** The reference for one output of a network. */
export interface Reference {
  readonly shape: readonly number[];
  /** The oracle's float64 values. */
  readonly value: Float64Array;
  /** The largest absolute value. */
  readonly scale: number;
  /** The deviation that float32 arithmetic alone causes, relative to `scale`. */
  readonly noiseFloor: number;
}

const SEEDS = [1, 2, 3, 4, 5];

/**
 * The oracle's results, and the noise floor of each: the largest deviation of the oracle itself when its additions are
 * reordered and rounded to float32, over five seeded runs. `taps` are further values to return besides the outputs.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for an unknown option; as `runOracle`
 */
export async function referenceResults(
  graph: Graph,
  parameters: Parameters,
  feeds: Feeds,
  options: { readonly taps?: readonly string[] } = {},
): Promise<ReadonlyMap<string, Reference>> {
  checkOptions(options, { known: { taps: optionChecks.list } }, { op: "referenceResults" });
  const { taps } = options;
  const exact = await runOracle(graph, parameters, feeds, { taps });
  const noisy: Awaited<ReturnType<typeof runOracle>>[] = [];
  for (const seed of SEEDS) noisy.push(await runOracle(graph, parameters, feeds, { taps, noise: { seed } }));
  return new Map(
    exposeValues(graph, taps ?? []).outputs.map(({ name }) => {
      const expected = exact[name];
      const scale = largest(expected.value);
      const deviations = noisy.map((run) => relativeDeviation(run[name]?.value ?? [], expected.value, scale));
      return [name, { shape: expected.shape, value: expected.value, scale, noiseFloor: Math.max(...deviations) }];
    }),
  );
}

/** The comparison of a backend's output as a whole with the oracle's. */
export interface EndToEnd {
  readonly agrees: boolean;
  /** `max|y − ŷ| / max|ŷ|`. */
  readonly deviation: number;
  /** `8 × noise floor` of the backend's class of arithmetic. */
  readonly bound: number;
  readonly share: number;
  /** Rows (of the last axis) whose largest element differs from the oracle's by more than the bound allows. */
  readonly wrongTop1: readonly number[];
}

/**
 * The end-to-end rule: the deviation is within 8 noise floors of the backend's declared arithmetic, and the largest
 * element of each row is the same unless the oracle's margin is within the bound.
 */
export function judgeEndToEnd(got: Tensor, reference: Reference, rounding: Rounding): EndToEnd {
  const bound = noiseAllowance * classNoiseFloor(reference.noiseFloor, rounding);
  const deviation =
    got.data.length === reference.value.length
      ? relativeDeviation(got.data, reference.value, reference.scale)
      : Infinity;
  const classes = reference.shape.at(-1) ?? 1;
  const wrongTop1: number[] = [];
  for (let row = 0; row * classes < reference.value.length; row += 1) {
    const expected = reference.value.subarray(row * classes, (row + 1) * classes);
    const chosen = argmax(got.data.subarray(row * classes, (row + 1) * classes));
    const margin = expected[argmax(expected)] - (expected[chosen] ?? -Infinity);
    if (!(margin <= 2 * bound * reference.scale)) wrongTop1.push(row);
  }
  const share = deviation === 0 ? 0 : deviation / bound;
  return { agrees: share <= 1 && wrongTop1.length === 0, deviation, bound, share, wrongTop1 };
}

/** The index of the largest element; −1 if the row is empty or all NaN. */
export function argmax(row: ArrayLike<number>): number {
  let best = -1;
  for (let i = 0; i < row.length; i += 1) if (best === -1 ? !Number.isNaN(row[i]) : row[i] > row[best]) best = i;
  return best;
}

function largest(values: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < values.length; i += 1) most = Math.max(most, Math.abs(values[i]));
  return most;
}

function relativeDeviation(got: ArrayLike<number>, exact: ArrayLike<number>, scale: number): number {
  let most = 0;
  for (let i = 0; i < exact.length; i += 1) most = Math.max(most, Math.abs(got[i] - exact[i]));
  return Number.isNaN(most) ? Infinity : scale === 0 ? most : most / scale;
}
