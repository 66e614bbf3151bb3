import { roundToHalf } from "@isoconv/judge";
import {
  conv2dWith,
  correct,
  type HostArray,
  hostBackend,
  largestByComparison,
  linearWith,
  mapElements,
  mapKernels,
  mapWindows,
  roundToTf32,
  sequentialDot,
  type Variant,
} from "@isoconv/conformance/faults";
import { f2x2, f4x4, winogradConv2d } from "../winograd.js";

const toTf32 = (value: HostArray): HostArray => mapElements(value, roundToTf32);
const toHalf = (value: HostArray): HostArray => mapElements(value, roundToHalf);

export const declaredTf32: Variant = {
  name: "declared-tf32",
  difference: "The inputs of convolutions and linear layers are rounded to TensorFloat-32, as declared.",
  create: async () => {
    const conv2d = conv2dWith(sequentialDot);
    const linear = linearWith(sequentialDot);
    return hostBackend("variant/declared-tf32", {
      kernels: {
        conv2d: ({ x, w, bias }, attrs, site) => conv2d({ x: toTf32(x), w: toTf32(w), bias }, attrs, site),
        linear: ({ x, w, bias }, attrs, site) => linear({ x: toTf32(x), w: toTf32(w), bias }, attrs, site),
        convTranspose2d: ({ x, w, bias }, attrs, site) =>
          correct.convTranspose2d({ x: toTf32(x), w: toTf32(w), bias }, attrs, site),
      },
      capabilities: { device: "gpu", arithmetic: "tf32" },
    });
  },
};

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

export const declaredWinograd2: Variant = {
  name: "declared-winograd-2",
  difference: "3×3 convolutions run as Winograd F(2×2), declared `fast`.",
  create: async () =>
    hostBackend("variant/declared-winograd-2", {
      kernels: { conv2d: winogradConv2d(f2x2) },
      capabilities: { convAlgorithm: "fast", nonFinite: "indeterminate" },
    }),
};

export const declaredWinograd4: Variant = {
  name: "declared-winograd-4",
  difference: "3×3 convolutions run as Winograd F(4×4), declared `fast`.",
  create: async () =>
    hostBackend("variant/declared-winograd-4", {
      kernels: { conv2d: winogradConv2d(f4x4) },
      capabilities: { convAlgorithm: "fast", nonFinite: "indeterminate" },
    }),
};
