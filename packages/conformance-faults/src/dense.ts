import type { Attrs } from "@isoconv/core-spec";
import {
  activate,
  correct,
  faultOf,
  gatherAxis,
  hostMemory,
  mapElements,
  permuteAxes,
} from "@isoconv/conformance/faults";

export const linearTransposed = faultOf(
  {
    name: "linear-transposed",
    bug: "linear reads square weights as [in, out]: their shape fits both layouts.",
    killedBy: ["matrix", "exact", "size", "graph", "property"],
    ops: ["linear"],
  },
  () => ({
    kernels: {
      linear: ({ w, ...inputs }, attrs, site) =>
        correct.linear({ ...inputs, w: w.shape[0] === w.shape[1] ? permuteAxes(w, [1, 0]) : w }, attrs, site),
    },
  }),
);

export const linearBiasOfFirstRow = faultOf(
  {
    name: "linear-bias-of-first-row",
    bug: "linear adds its bias to the first row only: GEMM's operand C is not broadcast.",
    killedBy: ["matrix", "exact"],
    ops: ["linear"],
  },
  () => ({
    kernels: {
      linear: ({ bias, ...inputs }, attrs, site) => {
        const y = correct.linear(inputs, { activation: "none" }, site);
        const biased =
          bias === undefined ? y : mapElements(y, (value, k) => value + (k < bias.data.length ? bias.data[k] : 0));
        activate(biased, attrs.activation);
        return biased;
      },
    },
  }),
);

export const meanDropsKeptAxes = faultOf(
  {
    name: "mean-drops-kept-axes",
    bug: "mean ignores keepDims and returns the reduced shape.",
    killedBy: ["matrix", "property"],
    ops: ["mean"],
  },
  () => {
    const memory = hostMemory();
    return {
      kernels: { mean: (inputs, attrs, site) => correct.mean(inputs, { ...attrs, keepDims: false }, site) },
      // The result has the kernel's shape, as in runtimes that infer shapes themselves.
      memory: { ...memory, download: (value) => memory.download(value, value.shape) },
    };
  },
);

export const meanDividesByOneAxis = faultOf(
  {
    name: "mean-divides-by-one-axis",
    bug: "mean over several axes divides by the extent of the first axis only.",
    killedBy: ["matrix", "property", "exact"],
    ops: ["mean"],
  },
  () => ({
    kernels: {
      mean: (inputs, attrs, site) => {
        const others = attrs.axes.slice(1).reduce((product, axis) => product * inputs.x.shape[axis], 1);
        return mapElements(correct.mean(inputs, attrs, site), (value) => value * others);
      },
    },
  }),
);

const transposed = { killedBy: ["matrix", "exact"], ops: ["convTranspose2d"] } as const;

/** Attributes that give the same extents with the output padding moved from the end to the start. */
function withoutOutputPads({ outputPads, pads, ...attrs }: Attrs<"convTranspose2d">): Attrs<"convTranspose2d"> {
  const [top, left, bottom, right] = pads;
  return {
    ...attrs,
    outputPads,
    pads: [
      Math.max(0, top - outputPads[0]),
      Math.max(0, left - outputPads[1]),
      bottom + Math.min(top, outputPads[0]),
      right + Math.min(left, outputPads[1]),
    ],
  };
}

export const outputPadsFirst = faultOf(
  {
    ...transposed,
    name: "output-pads-first",
    bug: "convTranspose2d adds the output padding at the top and left instead of the bottom and right.",
  },
  () => ({
    kernels: {
      convTranspose2d: (inputs, attrs, site) => correct.convTranspose2d(inputs, withoutOutputPads(attrs), site),
    },
  }),
);

export const transposedKernelFlipped = faultOf(
  {
    ...transposed,
    name: "transposed-kernel-flipped",
    bug: "convTranspose2d flips its kernel: the gradient of a correlation is computed as a correlation.",
  },
  () => ({
    kernels: {
      convTranspose2d: ({ w, ...inputs }, attrs, site) => {
        const [, , height, width] = w.shape;
        const rows = gatherAxis(w, 2, (u) => height - 1 - u);
        return correct.convTranspose2d({ ...inputs, w: gatherAxis(rows, 3, (v) => width - 1 - v) }, attrs, site);
      },
    },
  }),
);

export const transposedGroupsSwapped = faultOf(
  {
    ...transposed,
    name: "transposed-groups-swapped",
    bug: "convTranspose2d writes channel k·G + g instead of g·K + k if groups exceed 1.",
  },
  () => ({
    kernels: {
      convTranspose2d: (inputs, attrs, site) => {
        const y = correct.convTranspose2d(inputs, attrs, site);
        const perGroup = y.shape[1] / attrs.groups;
        return gatherAxis(y, 1, (o) => (o % attrs.groups) * perGroup + Math.floor(o / attrs.groups));
      },
    },
  }),
);
