import { float32, graphBuilder, type Shape } from "@isoconv/core-spec";
import { type FilledNetwork, oneOpNetwork } from "@isoconv/judge";
import { equate, type Equation, type Restatement, type RelatedNetwork } from "./statement.js";
import { joinAlong, range, reshaped, takeAlong } from "./tensor-axes.js";

const image: Shape = ["N", 4, 7, 6];

const grouped = (variant: string, w: Shape, attrs: Readonly<Record<string, unknown>>): RelatedNetwork => ({
  op: "conv2d",
  variant,
  network: oneOpNetwork(`groups-${variant}`, "conv2d", { x: image, w, bias: [Number(w[0])] }, attrs),
});

/** Each group is a separate convolution. */
export const groupsApart: Restatement = {
  kind: "restatement",
  doc: "A grouped convolution is the concatenation of one convolution for each group.",
  equality: "bounds",
  subjects: () => [
    grouped("g2", [6, 2, 3, 3], { groups: 2, pads: [1, 1, 1, 1] }),
    grouped("g2-s2-d2", [4, 2, 2, 2], { groups: 2, strides: [2, 2], dilations: [2, 2] }),
    grouped("depthwise", [4, 1, 3, 3], { groups: 4, pads: [1, 0, 0, 1] }),
    grouped("depthwise-x2", [8, 1, 3, 2], { groups: 4, strides: [1, 2] }),
  ],
  restate: ({ graph, parameters, feeds }) => {
    const [node] = graph.nodes;
    if (node.op !== "conv2d") throw new Error(`"${graph.name}" is no convolution`);
    const { groups } = node.attrs;
    const share = (extent: number, group: number): readonly number[] =>
      range((extent / groups) * group, (extent / groups) * (group + 1));
    const parts = range(0, groups).map((group) => {
      const x = takeAlong(feeds["x"], 1, share(feeds["x"].shape[1], group));
      const w = takeAlong(parameters["w"], 0, share(parameters["w"].shape[0], group));
      const bias = takeAlong(parameters["bias"], 0, share(parameters["bias"].shape[0], group));
      const g = graphBuilder(`${graph.name}-${group}`);
      const operands = {
        x: g.input("x", ["N", ...x.shape.slice(1)]),
        w: g.parameter("w", w.shape),
        bias: g.parameter("bias", bias.shape),
      };
      const y = g.conv2d(operands, { ...node.attrs, groups: 1 });
      return { network: { graph: g.build({ y }), parameters: { w, bias }, feeds: { x } } };
    });
    return {
      parts,
      read: (results) => ({
        y: joinAlong(
          results.map(({ y }) => y),
          1,
        ),
      }),
    };
  },
};

/** A dilated kernel equals a larger kernel with zeros between the taps. */
export const dilatedKernel: Restatement = {
  kind: "restatement",
  doc: "A dilated convolution equals an undilated one whose kernel has zeros between its taps.",
  equality: "bounds",
  subjects: () =>
    [
      { variant: "d2", dilations: [2, 2] },
      { variant: "d1x3", dilations: [1, 3] },
    ].map(({ variant, dilations }) => ({
      op: "conv2d",
      variant,
      network: oneOpNetwork(
        `dilated-${variant}`,
        "conv2d",
        { x: ["N", 2, 9, 8], w: [3, 2, 3, 2] },
        { dilations, pads: [1, 0, 2, 1], strides: [2, 1] },
      ),
    })),
  restate: ({ graph, parameters, feeds }) => {
    const [node] = graph.nodes;
    if (node.op !== "conv2d") throw new Error(`"${graph.name}" is no convolution`);
    const [down, across] = node.attrs.dilations;
    const { w } = parameters;
    const [outChannels, inChannels, height, width] = w.shape;
    const [tall, wide] = [(height - 1) * down + 1, (width - 1) * across + 1];
    const spread = new Float32Array(outChannels * inChannels * tall * wide);
    for (const [i, weight] of w.data.entries()) {
      const row = Math.floor(i / width);
      spread[(Math.floor(row / height) * tall + (row % height) * down) * wide + (i % width) * across] = weight;
    }
    const g = graphBuilder(`${graph.name}-spread`);
    const kernel = float32([outChannels, inChannels, tall, wide], spread);
    const operands = { x: g.input("x", graph.inputs[0].shape), w: g.parameter("w", kernel.shape) };
    const y = g.conv2d(operands, { ...node.attrs, dilations: [1, 1] });
    return {
      parts: [{ network: { graph: g.build({ y }), parameters: { w: kernel }, feeds } }],
      read: ([only]) => only,
    };
  },
};

const padded = (variant: string, pads: readonly [number, number, number, number], strides: readonly [number, number]) =>
  equate("conv2d", variant, (g) => {
    const x = g.input("x", image);
    const w = g.parameter("w", [3, 4, 3, 3]);
    return [g.conv2d({ x, w }, { pads, strides }), g.conv2d({ x: g.pad2d({ x }, { pads }), w }, { strides })];
  });

/** Padding in the operation equals padding of the input. */
export const padsApart: Equation = {
  kind: "equation",
  doc: "A padded window operation equals the unpadded one on a padded input.",
  equality: "bounds",
  subjects: () => [
    padded("p1", [1, 1, 1, 1], [1, 1]),
    padded("p1-s2", [1, 1, 1, 1], [2, 2]),
    padded("asymmetric", [0, 2, 1, 0], [1, 2]),
    equate("maxPool2d", "k3-s2-p1", (g) => {
      const x = g.input("x", image);
      const window = { kernel: [3, 3], strides: [2, 2] } as const;
      const surrounded = g.pad2d({ x }, { pads: [1, 1, 1, 1], value: -100 });
      return [g.maxPool2d({ x }, { ...window, pads: [1, 1, 1, 1] }), g.maxPool2d({ x: surrounded }, window)];
    }),
    equate("convTranspose2d", "cropped", (g) => {
      const x = g.input("x", ["N", 3, 4, 5]);
      const w = g.parameter("w", [3, 2, 3, 3]);
      const whole = g.convTranspose2d({ x, w }, { strides: [2, 2] });
      const cropped = g.slice({ x: whole }, { axes: [2, 3], starts: [1, 0], ends: [9, 9] });
      return [g.convTranspose2d({ x, w }, { strides: [2, 2], pads: [1, 0, 0, 2] }), cropped];
    }),
  ],
};

/** A stride only skips results. */
export const stridesApart: Equation = {
  kind: "equation",
  doc: "A strided convolution with stride n gives every n-th result of the unstrided one.",
  equality: "bounds",
  subjects: () =>
    (
      [
        ["s2", [2, 2]],
        ["s1x3", [1, 3]],
      ] as const
    ).map(([variant, strides]) =>
      equate("conv2d", variant, (g) => {
        const x = g.input("x", image);
        const w = g.parameter("w", [3, 4, 3, 3]);
        const every = g.conv2d({ x, w }, { pads: [1, 1, 1, 1] });
        return [
          g.conv2d({ x, w }, { pads: [1, 1, 1, 1], strides }),
          g.maxPool2d({ x: every }, { kernel: [1, 1], strides }),
        ];
      }),
    ),
};

/** A linear layer equals a 1×1 convolution of one pixel. */
export const linearAsConvolution: Restatement = {
  kind: "restatement",
  doc: "A linear layer is a 1×1 convolution of a 1×1 image.",
  equality: "bounds",
  subjects: () => [
    {
      op: "linear",
      variant: "bias",
      network: oneOpNetwork("pixel", "linear", { x: ["N", 7], w: [5, 7], bias: [5] }, {}),
    },
  ],
  restate: ({ graph, parameters, feeds }) => {
    const x = reshaped(feeds["x"], [...feeds["x"].shape, 1, 1]);
    const w = reshaped(parameters["w"], [...parameters["w"].shape, 1, 1]);
    const { bias } = parameters;
    const g = graphBuilder(`${graph.name}-image`);
    const operands = {
      x: g.input("x", ["N", x.shape[1], 1, 1]),
      w: g.parameter("w", w.shape),
      bias: g.parameter("bias", bias.shape),
    };
    const network: FilledNetwork = {
      graph: g.build({ y: g.conv2d(operands) }),
      parameters: { w, bias },
      feeds: { x },
    };
    return { parts: [{ network }], read: ([{ y }]) => ({ y: reshaped(y, y.shape.slice(0, 2)) }) };
  },
};
