import { runOracle } from "@isoconv/backend-reference";
import { float32, graphBuilder, uniform, type Backend, type Capabilities } from "@isoconv/core-spec";
import type { FilledNetwork } from "@isoconv/judge";
import { traitsOf } from "./classify.js";
import { runProbe } from "./probe-network.js";

/** Wide enough that runtimes with a fast algorithm choose it. */
const CHANNELS = 32;
const EXTENT = 24;
const KERNEL = 3;
/** Rows and columns of the huge elements, each in a channel of its own: at every offset within a Winograd tile. */
const HUGE_AT = [
  [5, 6],
  [10, 17],
  [16, 3],
  [19, 20],
] as const;

/** What became of the outputs that no huge element takes part in: none in the window, or only with weight 0. */
export interface AlgorithmMeasured {
  /** Outputs that are sums of small integers: exact by direct summation, in any order. */
  readonly watched: number;
  readonly wrong: number;
  readonly largestError: number;
}

/**
 * Tells direct summation from algorithms that transform tiles (Winograd) or the whole image (FFT). A few elements are so
 * huge that a small integer added to them vanishes. A direct sum multiplies them by their own weights only, a third of
 * which are 0. A transform adds them to their neighbours first, and the small integers are lost: F(4×4) shows it in
 * outputs beside a huge element, F(2×2) only in those that hold one under a weight of 0.
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

/** Integers −most … most: 288 products of at most 2 stay below 2¹¹, exact in every arithmetic class. */
function integers(name: string, count: number, most: number): Float32Array {
  return uniform(1, `probe/${name}`, count, -most - 0.5, most + 0.5).map((value) =>
    Math.max(-most, Math.min(most, Math.round(value))),
  );
}

/** Whether an output, by its flat index, is a sum in which a huge element has a weight other than 0. */
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
