import { float32, graphBuilder, type Backend, type Tensor } from "@isoconv/core-spec";
import type { FilledNetwork } from "@isoconv/judge";

/** A 1×1 convolution of one pixel: `Σ x·w` over the channels. The weights are parameters. */
export function dotProduct(x: readonly number[], w: readonly number[]): FilledNetwork {
  const g = graphBuilder("probe-dot-product");
  const input = g.input("x", ["N", x.length, 1, 1]);
  const weight = g.parameter("w", [1, w.length, 1, 1]);
  const graph = g.build({ y: g.conv2d({ x: input, w: weight }, {}, "conv") });
  return {
    graph,
    parameters: { w: float32([1, w.length, 1, 1], w) },
    feeds: { x: float32([1, x.length, 1, 1], x) },
  };
}

/** Compiles a network, runs it once and returns `y`. */
export async function runProbe(backend: Backend, { graph, parameters, feeds }: FilledNetwork): Promise<Tensor> {
  const executable = await backend.compile(graph, parameters);
  try {
    const { y } = await executable.run(feeds);
    if (y === undefined) throw new Error(`${backend.id} returned no "y"`);
    return y;
  } finally {
    await executable.dispose();
  }
}

/** `Σ x·w` as the backend computes it. */
export async function dot(backend: Backend, x: readonly number[], w: readonly number[]): Promise<number> {
  const { data } = await runProbe(backend, dotProduct(x, w));
  return data[0] ?? Number.NaN;
}
