import type { Attrs, Inputs, KernelSite } from "@isoconv/core-spec";
import {
  blockedDot,
  conv2dWith,
  type Dot,
  fusedDot,
  type HostArray,
  hostBackend,
  linearWith,
  mapWindows,
  pairwiseDot,
  reversedDot,
  sequentialDot,
  type Variant,
  zeros,
} from "@isoconv/conformance/faults";

/** The correct backend with every sum of convolutions, linear layers, average pools and softmax computed by `dot`. */
function variantOf(name: string, difference: string, dot: Dot): Variant {
  const mean = (values: readonly number[]): number => {
    const terms = Float32Array.from(values);
    return Math.fround(dot(terms, new Float32Array(terms.length).fill(1), terms.length, 0) / terms.length);
  };
  return {
    name,
    difference,
    create: async () =>
      hostBackend(`variant/${name}`, {
        kernels: {
          conv2d: conv2dWith(dot),
          linear: linearWith(dot),
          avgPool2d: ({ x }, attrs, site) => mapWindows(x, attrs, site, ({ inside }) => mean(inside)),
          globalAvgPool2d: ({ x }, _attrs, site) => {
            const [, , height, width] = x.shape;
            const whole = { kernel: [height, width], strides: [1, 1], pads: [0, 0, 0, 0] } as const;
            return mapWindows(x, whole, site, ({ inside }) => mean(inside));
          },
          softmax: softmaxWith(dot),
        },
      }),
  };
}

/** softmax in float32, each step rounded. */
function softmaxWith(
  dot: Dot,
): (inputs: Inputs<"softmax", HostArray>, attrs: Attrs<"softmax">, site: KernelSite) => HostArray {
  return ({ x }, { axis }, { shape }) => {
    const y = zeros(shape);
    const extent = shape[axis];
    const inner = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
    const ones = new Float32Array(extent).fill(1);
    for (let line = 0; line * extent < x.data.length; line += 1) {
      const first = Math.floor(line / inner) * inner * extent + (line % inner);
      const at = (k: number): number => first + k * inner;
      const values = Float32Array.from(ones, (_, k) => x.data[at(k)]);
      const most = Math.max(...values);
      const powers = values.map((value) => Math.exp(Math.fround(value - most)));
      const sum = dot(powers, ones, extent, 0);
      for (let k = 0; k < extent; k += 1) y.data[at(k)] = powers[k] / sum;
    }
    return y;
  };
}

export const sequentialSums = variantOf("sequential-sums", "Sums are plain float32 loops.", sequentialDot);
export const reversedSums = variantOf("reversed-sums", "Sums run from the last term to the first.", reversedDot);
export const blockedSums = variantOf(
  "blocked-sums",
  "Sums have eight partial sums, like those of vector units.",
  blockedDot,
);
export const pairwiseSums = variantOf("pairwise-sums", "Sums are binary trees.", pairwiseDot);
export const fusedSums = variantOf("fused-sums", "Every term is a fused multiply-add.", fusedDot);
