import { activate, conv2d, conv2dBefore, faultOf, gatherAxis, mapElements } from "@isoconv/conformance/faults";

const ops = ["conv2d"] as const;

export const interleavedGroups = faultOf(
  {
    name: "interleaved-groups",
    bug: "conv2d gives group g every g-th input channel instead of a run of them: ShuffleNet's order, unasked.",
    killedBy: ["exact", "matrix", "relation"],
    ops,
  },
  () => ({
    kernels: {
      conv2d: conv2dBefore(({ x, ...inputs }, { groups }) => {
        const perGroup = x.shape[1] / groups;
        const from = (channel: number): number => (channel % perGroup) * groups + Math.floor(channel / perGroup);
        return { inputs: { ...inputs, x: gatherAxis(x, 1, from) } };
      }),
    },
  }),
);

export const multiplierOrder = faultOf(
  {
    name: "multiplier-order",
    bug: "A depthwise conv2d with a multiplier writes channel m·C + c instead of c·M + m: filters of another layout, unconverted.",
    killedBy: ["exact", "matrix", "trap"],
    ops,
  },
  () => ({
    kernels: {
      conv2d: (inputs, attrs, site) => {
        const y = conv2d(inputs, attrs, site);
        const { groups } = attrs;
        const multiplier = y.shape[1] / groups;
        if (groups === 1 || inputs.x.shape[1] !== groups) return y;
        return gatherAxis(y, 1, (channel) => (channel % groups) * multiplier + Math.floor(channel / groups));
      },
    },
  }),
);

export const groupsShareFilters = faultOf(
  {
    name: "groups-share-filters",
    bug: "Every group of conv2d uses the first group's filters: the offset into the weights is missing.",
    killedBy: ["exact", "matrix", "relation"],
    ops,
  },
  () => ({
    kernels: {
      conv2d: conv2dBefore(({ w, ...inputs }, { groups }) => ({
        inputs: { ...inputs, w: gatherAxis(w, 0, (o) => o % (w.shape[0] / groups)) },
      })),
    },
  }),
);

export const biasAlongWidth = faultOf(
  {
    name: "bias-along-width",
    bug: "conv2d adds its bias along the last axis: NumPy's broadcasting applied to NCHW.",
    killedBy: ["exact", "matrix"],
    ops,
  },
  () => ({
    kernels: {
      conv2d: ({ bias, ...inputs }, attrs, site) => {
        const y = conv2d(inputs, { ...attrs, activation: "none" }, site);
        const width = y.shape[3];
        const biased =
          bias === undefined ? y : mapElements(y, (value, k) => value + bias.data[(k % width) % bias.data.length]);
        activate(biased, attrs.activation);
        return biased;
      },
    },
  }),
);

export const biasDroppedInGroups = faultOf(
  {
    name: "bias-dropped-in-groups",
    bug: "conv2d forgets its bias when groups exceed 1: a second code path for grouped convolutions.",
    killedBy: ["exact", "matrix"],
    ops,
  },
  () => ({
    kernels: {
      conv2d: conv2dBefore(({ x, w, bias }, { groups }) => ({
        inputs: groups > 1 ? { x, w } : { x, w, bias },
      })),
    },
  }),
);

export const onlyFirstItem = faultOf(
  {
    name: "only-first-item",
    bug: "conv2d computes the first image of a batch and repeats it: the batch stride of the input is 0.",
    killedBy: ["exact", "matrix", "trap"],
    ops,
  },
  () => ({
    kernels: { conv2d: conv2dBefore(({ x, ...inputs }) => ({ inputs: { ...inputs, x: gatherAxis(x, 0, () => 0) } })) },
  }),
);

export const fusedActivationDropped = faultOf(
  {
    name: "fused-activation-dropped",
    bug: "conv2d ignores the activation fused into it: a fast path that returns early.",
    killedBy: ["matrix", "exact", "relation", "property"],
    ops,
  },
  () => ({ kernels: { conv2d: conv2dBefore((_inputs, attrs) => ({ attrs: { ...attrs, activation: "none" } })) } }),
);

export const fusedRelu6Uncapped = faultOf(
  {
    name: "fused-relu6-uncapped",
    bug: "conv2d takes a fused relu6 for relu: the cap at 6 is rarely reached by small random data.",
    killedBy: ["exact", "matrix", "special", "relation"],
    ops,
  },
  () => ({
    kernels: {
      conv2d: conv2dBefore((_inputs, attrs) =>
        attrs.activation === "relu6" ? { attrs: { ...attrs, activation: "relu" } } : {},
      ),
    },
  }),
);
