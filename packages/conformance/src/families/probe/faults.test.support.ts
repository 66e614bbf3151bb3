import type { Capabilities, Graph, Results } from "@isoconv/core-spec";
import { roundToHalf } from "@isoconv/judge";
import { truncateToTf32 } from "../../faults/sums.js";
import { mapElements, type Fault, type Given } from "../contract/broken-backend.test.support.js";

/** The backend with other declared capabilities. */
export function declaring(declared: Partial<Capabilities>, { executable }: Fault = {}): () => Fault {
  return () => ({
    backend: ({ capabilities }) => ({ capabilities: { ...capabilities, ...declared } }),
    ...(executable === undefined ? {} : { executable }),
  });
}

/** Keeps `bits` bits of a number, ties to even. */
function keep(bits: number, value: number): number {
  if (value === 0 || !Number.isFinite(value)) return value;
  const spacing = 2 ** (Math.floor(Math.log2(Math.abs(value))) + 1 - bits);
  const steps = Math.abs(value) / spacing;
  const below = Math.floor(steps);
  const rest = steps - below;
  return Math.sign(value) * spacing * (rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below);
}

/** The reference with rounded operands and results. */
function rounding(
  operand: (value: number) => number,
  result: (value: number) => number,
  applies: (graph: Graph) => boolean = () => true,
): Fault {
  return {
    executable: (real, owner, { graph, parameters }) => ({
      run: async (feeds) => {
        if (!applies(graph)) return real.run(feeds);
        const executable = await owner.compile(graph, mapElements(parameters, operand));
        return mapElements(await executable.run(mapElements(feeds, operand)), result);
      },
    }),
  };
}

const asIs = (value: number): number => value;

/** Tensor cores compute dot products only. */
const isDotProduct = ({ nodes }: Graph): boolean => nodes.some(({ op }) => op === "conv2d" || op === "linear");
export const tf32 = rounding((value) => keep(11, value), asIs, isDotProduct);
/** As tensor cores do with operands that the kernel has not rounded. */
export const truncatedTf32 = rounding(truncateToTf32, asIs, isDotProduct);
export const bfloat16 = rounding((value) => keep(8, value), asIs);
export const f16Storage = rounding(roundToHalf, roundToHalf);
const flush = (value: number): number => (Math.abs(value) < 2 ** -126 ? 0 : value);
export const flushing = rounding(flush, flush);
export const droppingNan = rounding(asIs, (value) => (Number.isNaN(value) ? -Infinity : value));

/** A dot product that rounds every product and partial sum to half precision. */
export const f16: Fault = {
  executable: (real, _owner, { graph, parameters }) => ({
    run: async (feeds) => {
      if (graph.name !== "probe-dot-product") return real.run(feeds);
      const [x, w] = [feeds["x"].data, parameters["w"].data];
      let sum = 0;
      for (let i = 0; i < x.length; i += 1) {
        sum = roundToHalf(sum + roundToHalf(roundToHalf(x[i]) * roundToHalf(w[i])));
      }
      return mapElements(await real.run(feeds), () => sum);
    },
  }),
};

/**
 * Winograd's F(2, 3) along rows, in float32: two outputs of four inputs with four products. Lavin and Gray, Fast
 * algorithms for convolutional neural networks (2016), section 4.1.
 */
export const winograd: Fault = {
  executable: (real, _owner, given) => ({
    run: async (feeds): Promise<Results> => {
      const results = await real.run(feeds);
      if (given.graph.name !== "probe-conv-algorithm") return results;
      return mapElements(results, winogradOutputs(given, feeds["x"].data as Float32Array));
    },
  }),
};

function winogradOutputs({ graph, parameters }: Given, x: Float32Array): (value: number, index: number) => number {
  const [, channels, height, width] = graph.inputs[0].shape as readonly number[];
  const w = parameters["w"].data;
  const at = (c: number, row: number, column: number): number =>
    row < 0 || row >= height || column < 0 || column >= width ? 0 : x[(c * height + row) * width + column];
  const f = Math.fround;
  return (_value, index) => {
    const column = index % width;
    const row = Math.floor(index / width) % height;
    const out = Math.floor(index / width / height);
    const start = column - (column % 2) - 1;
    let y = 0;
    for (let c = 0; c < channels; c += 1) {
      for (let k = 0; k < 3; k += 1) {
        const [d0, d1, d2, d3] = [0, 1, 2, 3].map((j) => at(c, row + k - 1, start + j)) as [
          number,
          number,
          number,
          number,
        ];
        const [g0, g1, g2] = [0, 1, 2].map((j) => w[((out * channels + c) * 3 + k) * 3 + j]) as [
          number,
          number,
          number,
        ];
        const plus = f(f(d1 + d2) * ((g0 + g1 + g2) / 2));
        const minus = f(f(d2 - d1) * ((g0 - g1 + g2) / 2));
        const part = column % 2 === 0 ? f(f(f(d0 - d2) * g0 + plus) + minus) : f(f(plus - minus) - f(f(d1 - d3) * g2));
        y = f(y + part);
      }
    }
    return y;
  };
}
