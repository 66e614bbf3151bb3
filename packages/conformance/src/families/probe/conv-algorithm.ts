import { runOracle } from "@isoconv/backend-reference";
import { float32, graphBuilder, uniform, type Backend, type Capabilities } from "@isoconv/core-spec";
import type { FilledNetwork } from "@isoconv/judge";
import { traitsOf } from "./classify.js";
import { runProbe } from "./probe-network.js";

/** Large enough that runtimes with a fast algorithm choose it. */
const CHANNELS = 32;
const EXTENT = 24;
const KERNEL = 3;
/** Rows and columns of the huge elements, one per channel, at different offsets within a Winograd tile. */
const HUGE_AT = [
  [5, 6],
  [10, 17],
  [16, 3],
  [19, 20],
] as const;

/** The results at outputs without a huge element: none is in the window, or its weight is 0. */
export interface AlgorithmMeasured {
  /** The number of outputs that are sums of small integers. Direct summation computes them exactly in any order. */
  readonly watched: number;
  readonly wrong: number;
  readonly largestError: number;
}

/**
 * Distinguishes direct summation from algorithms that transform tiles (Winograd) or the whole image (FFT). A few elements
 * are so large that adding a small integer to them has no effect. A direct sum multiplies them by their weights only, a
 * third of which are 0. A transform first adds them to their neighbours, which loses the small integers. F(4×4) is then
 * wrong at outputs beside a huge element, F(2×2) only at outputs whose window has one under a weight of 0.
 */
export async function measureConvAlgorithm(
  backend: Backend,
  { arithmetic }: Pick<Capabilities, "arithmetic">,
): Promise<AlgorithmMeasured> {
  const network = hugeAmongSmall(traitsOf[arithmetic].range === "half" ? 2 ** 15 : 2 ** 40);
  const weights = network.parameters["w"]?.data ?? [];
  const { y: exact } = await runOracle(network.graph, network.parameters, network.feeds);
  const { data } = await runProbe(backend, network);
  if (exact === undefined) throw new Error(`the oracle returned nothing for "${network.graph.name}"`);
  let watched = 0;
  let wrong = 0;
  let largestError = 0;
  for (const [index, expected] of exact.value.entries()) {
    if (weighsHuge(weights, index)) continue;
    watched += 1;
    const error = Math.abs((data[index] ?? Number.NaN) - expected);
    if (error === 0) continue;
    wrong += 1;
    if (!(error <= largestError)) largestError = error;
  }
  return { watched, wrong, largestError };
}

function hugeAmongSmall(huge: number): FilledNetwork {
  const g = graphBuilder("probe-conv-algorithm");
  const x = g.input("x", ["N", CHANNELS, EXTENT, EXTENT]);
  const w = g.parameter("w", [CHANNELS, CHANNELS, KERNEL, KERNEL]);
  const graph = g.build({ y: g.conv2d({ x, w }, { pads: [1, 1, 1, 1] }, "conv") });
  const feed = integers("x", CHANNELS * EXTENT * EXTENT, 2);
  for (const [channel, [row, column]] of HUGE_AT.entries()) feed[(channel * EXTENT + row) * EXTENT + column] = huge;
  return {
    graph,
    parameters: {
      w: float32([CHANNELS, CHANNELS, KERNEL, KERNEL], integers("w", CHANNELS * CHANNELS * KERNEL ** 2, 1)),
    },
    feeds: { x: float32([1, CHANNELS, EXTENT, EXTENT], feed) },
  };
}

/** Integers from −most to most. Sums of 288 products of at most 2 stay below 2¹¹, so they are exact in every class. */
function integers(name: string, count: number, most: number): Float32Array {
  return uniform(1, `probe/${name}`, count, -most - 0.5, most + 0.5).map((value) =>
    Math.max(-most, Math.min(most, Math.round(value))),
  );
}

/** Whether the output at a flat index depends on a huge element with a weight other than 0. */
function weighsHuge(weights: ArrayLike<number>, index: number): boolean {
  const column = index % EXTENT;
  const row = Math.floor(index / EXTENT) % EXTENT;
  const out = Math.floor(index / EXTENT ** 2);
  return HUGE_AT.some(([hugeRow, hugeColumn], channel) => {
    const [i, j] = [hugeRow - row + 1, hugeColumn - column + 1];
    if (i < 0 || i >= KERNEL || j < 0 || j >= KERNEL) return false;
    return weights[((out * CHANNELS + channel) * KERNEL + i) * KERNEL + j] !== 0;
  });
}
