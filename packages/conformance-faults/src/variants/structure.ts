import {
  decomposed,
  mapOperands,
  opNames,
  unsupported,
  type Inputs,
  type KernelTable,
  type OpName,
} from "@isoconv/core-spec";
import {
  correct,
  type HostArray,
  hostBackend,
  type HostKernel,
  hostMemory,
  mapElements,
  permuteAxes,
  type Variant,
} from "@isoconv/conformance/faults";

export const plain: Variant = {
  name: "plain",
  difference: "None: every fault is one change of this backend.",
  create: async () => hostBackend("variant/plain"),
};

export const foldedBatchNorm: Variant = {
  name: "folded-batch-norm",
  difference: "batchNorm is x·s + t with s and t rounded to float32.",
  create: async () =>
    hostBackend("variant/folded-batch-norm", {
      kernels: {
        batchNorm: ({ x, mean, variance, scale, offset }, { epsilon }) => {
          const channels = x.shape[1];
          const inner = x.shape.slice(2).reduce((product, extent) => product * extent, 1);
          const factors = variance.data.map((v, c) => (scale?.data[c] ?? 1) / Math.sqrt(Math.fround(v + epsilon)));
          const shifts = factors.map((s, c) => (offset?.data[c] ?? 0) - Math.fround(mean.data[c] * s));
          return mapElements(x, (value, k) => {
            const c = Math.floor(k / inner) % channels;
            return Math.fround(value * factors[c]) + shifts[c];
          });
        },
      },
    }),
};

export const lrnUnsupported: Variant = {
  name: "lrn-unsupported",
  difference: "lrn is declared unsupported, and compiling it fails.",
  create: async () =>
    hostBackend("variant/lrn-unsupported", {
      kernels: { lrn: unsupported("the runtime has no such kernel", { issue: "https://example.org/lrn" }) },
    }),
};

export const decomposedOps: Variant = {
  name: "decomposed-ops",
  difference: "All operations that core-spec can decompose are decomposed.",
  create: async () =>
    hostBackend("variant/decomposed-ops", {
      kernels: { adaptiveAvgPool2d: decomposed, globalAvgPool2d: decomposed, hardSwish: decomposed, silu: decomposed },
    }),
};

const isImage = ({ shape }: HostArray): boolean => shape.length === 4;
const toLast = (value: HostArray): HostArray => (isImage(value) ? permuteAxes(value, [0, 2, 3, 1]) : value);
const toFirst = (value: HostArray): HostArray => (isImage(value) ? permuteAxes(value, [0, 3, 1, 2]) : value);

/** Kernels take and return values of rank 4 as [N, H, W, C]. */
function channelsLastKernels(): Partial<KernelTable<HostArray>> {
  return Object.fromEntries(
    opNames.map((op) => {
      const kernel = correct[op] as HostKernel<OpName>;
      const inside: HostKernel<OpName> = (inputs, attrs, site) => {
        const operands = mapOperands<HostArray, HostArray>(inputs, toFirst);
        return toLast(kernel(operands as Inputs<OpName, HostArray>, attrs, site));
      };
      return [op, inside];
    }),
  );
}

export const channelsLast: Variant = {
  name: "channels-last",
  difference: "Images and filters are stored channels-last; results are converted to channels-first.",
  create: async () => {
    const memory = hostMemory();
    return hostBackend("variant/channels-last", {
      kernels: channelsLastKernels(),
      memory: {
        ...memory,
        upload: ({ shape, data }) => memory.enter(toLast({ shape, data: data.slice() })),
        download: (value, shape) => memory.download(toFirst(value), shape),
      },
    });
  },
};
