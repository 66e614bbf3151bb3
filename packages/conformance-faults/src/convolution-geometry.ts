import { conv2d, conv2dBefore, faultOf, gatherAxis, mapElements, permuteAxes } from "@isoconv/conformance/faults";

const ops = ["conv2d"] as const;

export const swappedPads = faultOf(
  {
    name: "swapped-pads",
    bug: "conv2d swaps the top and left padding: [width, height] order.",
    killedBy: ["exact", "matrix", "relation"],
    ops,
  },
  () => ({
    kernels: {
      conv2d: conv2dBefore((_inputs, { pads: [top, left, bottom, right], ...attrs }) => ({
        attrs: { ...attrs, pads: [left, top, right, bottom] },
      })),
    },
  }),
);

export const sameLower = faultOf(
  {
    name: "same-lower",
    bug: "conv2d puts the odd row and column of padding at the top and left: SAME_LOWER instead of SAME_UPPER.",
    killedBy: ["exact", "matrix", "trap"],
    ops,
  },
  () => ({
    kernels: {
      conv2d: conv2dBefore((_inputs, { pads: [top, left, bottom, right], ...attrs }) => ({
        attrs: { ...attrs, pads: [bottom, right, top, left] },
      })),
    },
  }),
);

export const symmetricPads = faultOf(
  {
    name: "symmetric-pads",
    bug: "conv2d splits the padding evenly between both sides: the runtime has no asymmetric pads.",
    killedBy: ["exact", "matrix", "relation"],
    ops,
  },
  () => ({
    kernels: {
      conv2d: conv2dBefore((_inputs, { pads: [top, left, bottom, right], ...attrs }) => {
        const [vertical, horizontal] = [Math.floor((top + bottom) / 2), Math.floor((left + right) / 2)];
        return { attrs: { ...attrs, pads: [vertical, horizontal, vertical, horizontal] } };
      }),
    },
  }),
);

export const swappedStrides = faultOf(
  {
    name: "swapped-strides",
    bug: "conv2d swaps the vertical and horizontal strides: [x, y] order.",
    killedBy: ["exact", "matrix"],
    ops,
  },
  () => ({
    kernels: {
      conv2d: conv2dBefore((_inputs, { strides: [height, width], ...attrs }) => ({
        attrs: { ...attrs, strides: [width, height] },
      })),
    },
  }),
);

export const transposedKernel = faultOf(
  {
    name: "transposed-kernel",
    bug: "conv2d reads a square kernel column by column: the filters are stored as [O, I, W, H].",
    killedBy: ["exact", "matrix"],
    ops,
  },
  () => ({
    kernels: {
      conv2d: conv2dBefore(({ w, ...inputs }) => ({
        inputs: { ...inputs, w: w.shape[2] === w.shape[3] ? permuteAxes(w, [0, 1, 3, 2]) : w },
      })),
    },
  }),
);

export const flippedKernel = faultOf(
  {
    name: "flipped-kernel",
    bug: "conv2d flips its kernel: it computes the mathematical convolution instead of the correlation.",
    killedBy: ["exact", "matrix"],
    ops,
  },
  () => ({
    kernels: {
      conv2d: conv2dBefore(({ w, ...inputs }) => {
        const [, , height, width] = w.shape;
        const rows = gatherAxis(w, 2, (u) => height - 1 - u);
        return { inputs: { ...inputs, w: gatherAxis(rows, 3, (v) => width - 1 - v) } };
      }),
    },
  }),
);

export const dilationIgnored = faultOf(
  {
    name: "dilation-ignored",
    bug: "conv2d ignores the dilations: the attribute is parsed but not passed on.",
    killedBy: ["exact", "matrix"],
    ops,
  },
  () => ({
    kernels: { conv2d: conv2dBefore((_inputs, attrs) => ({ attrs: { ...attrs, dilations: [1, 1] } })) },
  }),
);

export const dilationOfOneAxis = faultOf(
  {
    name: "dilation-of-one-axis",
    bug: "conv2d dilates both axes by the height's factor, as for runtimes that take one number.",
    killedBy: ["exact", "matrix"],
    ops,
  },
  () => ({
    kernels: {
      conv2d: conv2dBefore((_inputs, { dilations: [height], ...attrs }) => ({
        attrs: { ...attrs, dilations: [height, height] },
      })),
    },
  }),
);

export const strideWithDilation = faultOf(
  {
    name: "stride-with-dilation",
    bug: "conv2d ignores the dilations if a stride exceeds 1: TensorFlow.js refuses both at once.",
    killedBy: ["exact", "matrix", "trap"],
    ops,
  },
  () => ({
    kernels: {
      conv2d: conv2dBefore((_inputs, attrs) =>
        Math.max(...attrs.strides) > 1 ? { attrs: { ...attrs, dilations: [1, 1] } } : {},
      ),
    },
  }),
);

export const droppedLastRow = faultOf(
  {
    name: "dropped-last-row",
    bug: "conv2d does not write the last row of an odd height: a loop is unrolled by two and lacks the remainder.",
    killedBy: ["exact", "matrix", "trap"],
    ops,
  },
  () => ({
    kernels: {
      conv2d: (inputs, attrs, site) => {
        const y = conv2d(inputs, attrs, site);
        const [, , height, width] = y.shape;
        if (height % 2 === 0) return y;
        return mapElements(y, (value, k) => (Math.floor(k / width) % height === height - 1 ? 0 : value));
      },
    },
  }),
);

export const emptyWindow = faultOf(
  {
    name: "empty-window",
    bug: "conv2d returns 0 for a window without a tap on the input: it returns before the bias is added.",
    killedBy: ["exact", "matrix", "trap"],
    ops,
  },
  () => ({
    kernels: {
      conv2d: (inputs, attrs, site) => {
        const y = conv2d(inputs, attrs, site);
        const isEmpty = (axis: 0 | 1, window: number): boolean => {
          const start = window * attrs.strides[axis] - attrs.pads[axis];
          const taps = Array.from({ length: inputs.w.shape[axis + 2] }, (_, u) => start + u * attrs.dilations[axis]);
          return taps.every((tap) => tap < 0 || tap >= inputs.x.shape[axis + 2]);
        };
        const [, , height, width] = y.shape;
        return mapElements(y, (value, k) =>
          isEmpty(0, Math.floor(k / width) % height) || isEmpty(1, k % width) ? 0 : value,
        );
      },
    },
  }),
);
