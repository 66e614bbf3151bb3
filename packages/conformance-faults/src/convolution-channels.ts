import { activate, conv2d, conv2dBefore, faultOf, gatherAxis, mapElements } from "@isoconv/conformance/faults";

const ops = ["conv2d"] as const;

export const interleavedGroups = faultOf(
  {
    name: "interleaved-groups",
    bug: "conv2d assigns channels to groups in turn instead of consecutive channels to each group: the order of a channel shuffle.",
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
    bug: "A depthwise conv2d with a multiplier writes channel m·C + c instead of c·M + m: the filters' layout was not converted.",
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
    bug: "Every group of conv2d uses the first group's filters: the index lacks the group's offset.",
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
    bug: "conv2d adds its bias along the last axis, as NumPy's broadcasting does with NCHW data.",
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
    bug: "conv2d ignores its bias if groups exceed 1: grouped convolutions have a separate code path.",
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
    bug: "conv2d ignores its fused activation: a fast path returns early.",
    killedBy: ["matrix", "exact", "relation", "property"],
    ops,
  },
  () => ({ kernels: { conv2d: conv2dBefore((_inputs, attrs) => ({ attrs: { ...attrs, activation: "none" } })) } }),
);

export const fusedRelu6Uncapped = faultOf(
  {
    name: "fused-relu6-uncapped",
    bug: "conv2d computes relu instead of a fused relu6: small random data rarely exceed 6.",
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
