import type { KernelTable } from "@isoconv/core-spec";
import { roundToHalf } from "@isoconv/judge";
import {
  conv2dWith,
  convTranspose2dWith,
  correct,
  halfDot,
  type HostArray,
  hostBackend,
  largestByComparison,
  linearWith,
  mapElements,
  mapKernels,
  mapWindows,
  roundToTf32,
  sequentialDot,
  truncateToTf32,
  type Variant,
} from "@isoconv/conformance/faults";
import { batchNormWith, lrnWith, type Steps, stepwiseSums } from "../stepwise.js";
import { f2x2, f4x4, f6x6, winogradConv2d } from "../winograd.js";

const toHalf = (value: HostArray): HostArray => mapElements(value, roundToHalf);

/** Products of operands with 11 significant bits, added in float32. */
function tf32Variant(name: string, difference: string, convert: (value: number) => number): Variant {
  const conv2d = conv2dWith(sequentialDot);
  const linear = linearWith(sequentialDot);
  const convTranspose2d = convTranspose2dWith(sequentialDot);
  const short = <T extends { readonly x: HostArray; readonly w: HostArray }>(inputs: T): T => ({
    ...inputs,
    x: mapElements(inputs.x, convert),
    w: mapElements(inputs.w, convert),
  });
  const kernels: Partial<KernelTable<HostArray>> = {
    conv2d: (inputs, attrs, site) => conv2d(short(inputs), attrs, site),
    linear: (inputs, attrs, site) => linear(short(inputs), attrs, site),
    convTranspose2d: (inputs, attrs, site) => convTranspose2d(short(inputs), attrs, site),
  };
  const capabilities = { device: "gpu", arithmetic: "tf32" } as const;
  return { name, difference, create: async () => hostBackend(`variant/${name}`, { kernels, capabilities }) };
}

export const declaredTf32 = tf32Variant(
  "declared-tf32",
  "The operands of products are rounded to TensorFloat-32, as declared.",
  roundToTf32,
);

export const truncatedTf32 = tf32Variant(
  "truncated-tf32",
  "The operands of products are truncated to TensorFloat-32, as tensor cores do by themselves; `tf32` is declared.",
  truncateToTf32,
);

export const declaredHalfStorage: Variant = {
  name: "declared-half-storage",
  difference: "Every operand and result is stored in half precision and summed in float32, as declared.",
  create: async () => {
    const kernels = { ...correct, conv2d: conv2dWith(sequentialDot), linear: linearWith(sequentialDot) };
    return hostBackend("variant/declared-half-storage", {
      kernels: mapKernels(kernels, toHalf, toHalf),
      capabilities: { device: "gpu", arithmetic: "f16-storage" },
    });
  },
};

export const declaredHalf: Variant = {
  name: "declared-half",
  difference: "Values, products, sums and the steps of normalisations are rounded to half precision, as declared.",
  create: async () => {
    const steps: Steps = { dot: halfDot, round: roundToHalf };
    const kernels = {
      ...correct,
      ...stepwiseSums(steps),
      batchNorm: batchNormWith(steps),
      lrn: lrnWith(steps),
    };
    return hostBackend("variant/declared-half", {
      kernels: mapKernels(kernels, toHalf, toHalf),
      capabilities: { device: "gpu", arithmetic: "f16" },
    });
  },
};

const SMALLEST_NORMAL = 2 ** -126;

export const declaredFlush: Variant = {
  name: "declared-flush",
  difference: "Subnormal operands and results become zeros of their sign, as declared.",
  create: async () => {
    const zeroOf = (element: number): number => (element < 0 ? -0 : 0);
    const isSubnormal = (element: number): boolean => element !== 0 && Math.abs(element) < SMALLEST_NORMAL;
    const flush = (value: HostArray): HostArray =>
      mapElements(value, (element) => (isSubnormal(element) ? zeroOf(element) : element));
    return hostBackend("variant/declared-flush", {
      kernels: mapKernels(correct, flush, flush),
      capabilities: { subnormals: "flushed" },
    });
  },
};

export const declaredIndeterminate: Variant = {
  name: "declared-indeterminate",
  difference: "maxPool2d and relu compare with `>` and drop NaN; NaN and ∞ are declared indeterminate.",
  create: async () =>
    hostBackend("variant/declared-indeterminate", {
      kernels: {
        maxPool2d: ({ x }, attrs, site) => mapWindows(x, attrs, site, ({ inside }) => largestByComparison(inside)),
        relu: ({ x }) => mapElements(x, (value) => (value > 0 ? value : 0)),
      },
      capabilities: { nonFinite: "indeterminate" },
    }),
};

export const declaredWinograd: readonly Variant[] = [f2x2, f4x4, f6x6].map((transforms): Variant => {
  const { tile } = transforms;
  const name = `declared-winograd-${tile}`;
  return {
    name,
    difference: `3×3 convolutions run as Winograd F(${tile}×${tile}), declared \`fast\`.`,
    create: async () =>
      hostBackend(`variant/${name}`, {
        kernels: { conv2d: winogradConv2d(transforms) },
        capabilities: { convAlgorithm: "fast", nonFinite: "indeterminate" },
      }),
  };
});
