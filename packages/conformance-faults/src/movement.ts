import {
  correct,
  faultOf,
  gatherAxis,
  type HostArray,
  mapElements,
  permuteAxes,
  zeros,
} from "@isoconv/conformance/faults";

export const concatLastAxis = faultOf(
  {
    name: "concat-last-axis",
    bug: "concat along the channels interleaves them pixel by pixel: it uses the axis of a channels-last layout on NCHW data.",
    killedBy: ["matrix", "exact", "relation", "trap"],
    ops: ["concat"],
  },
  () => ({
    kernels: {
      concat: ({ xs }, attrs, site) => {
        const [first] = xs;
        if (first.shape.length !== 4 || attrs.axis !== 1) return correct.concat({ xs }, attrs, site);
        const rows = xs.map(({ shape: [n, c, h, w], data }) => ({ shape: [n, h, w, c], data }));
        return { shape: site.shape, data: correct.concat({ xs: rows }, { axis: 3 }, site).data };
      },
    },
  }),
);

export const concatOfTwo = faultOf(
  {
    name: "concat-of-two",
    bug: "concat of more than two operands repeats the second: a loop over a binary kernel does not update its right operand.",
    killedBy: ["matrix", "exact", "property"],
    ops: ["concat"],
  },
  () => ({
    kernels: {
      concat: ({ xs }, attrs, site) => {
        const same = (x: HostArray): boolean => x.data.length === xs[1].data.length;
        return correct.concat({ xs: xs.map((x, k) => (k > 1 && same(x) ? xs[1] : x)) }, attrs, site);
      },
    },
  }),
);

export const flattenChannelsLast = faultOf(
  {
    name: "flatten-channels-last",
    bug: "flatten keeps the runtime's order, [H, W, C]: linear weights that were trained in CHW order then apply to other features.",
    killedBy: ["matrix", "exact", "trap", "relation"],
    ops: ["flatten"],
  },
  () => ({
    kernels: {
      flatten: ({ x }, attrs, site) =>
        correct.flatten({ x: x.shape.length === 4 ? renamed(permuteAxes(x, [0, 2, 3, 1]), x.shape) : x }, attrs, site),
    },
  }),
);

/** The same elements under another shape. */
function renamed({ data }: HostArray, shape: readonly number[]): HostArray {
  return { shape, data };
}

export const inversePermutation = faultOf(
  {
    name: "inverse-permutation",
    bug: "transpose applies the inverse permutation: `y[p[i]]` instead of `x[p[i]]`. Most permutations in use equal their inverse.",
    killedBy: ["matrix", "exact", "property"],
    ops: ["transpose"],
  },
  () => ({
    kernels: {
      transpose: ({ x }, { permutation }, { shape }) =>
        renamed(
          permuteAxes(
            x,
            permutation.map((_, axis) => permutation.indexOf(axis)),
          ),
          shape,
        ),
    },
  }),
);

export const padSwapped = faultOf(
  {
    name: "pad-swapped",
    bug: "pad2d swaps the pads of the start and the end: PyTorch's F.pad uses another order.",
    killedBy: ["matrix", "exact", "relation"],
    ops: ["pad2d"],
  },
  () => ({
    kernels: {
      pad2d: ({ x }, { pads: [top, left, bottom, right], value }, site) =>
        correct.pad2d({ x }, { pads: [bottom, right, top, left], value }, site),
    },
  }),
);

export const padValueIgnored = faultOf(
  {
    name: "pad-value-ignored",
    bug: "pad2d always pads with 0: the optional argument is not passed on.",
    killedBy: ["matrix", "property", "exact"],
    ops: ["pad2d"],
  },
  () => ({ kernels: { pad2d: (inputs, { pads }, site) => correct.pad2d(inputs, { pads, value: 0 }, site) } }),
);

export const padValueLosesSign = faultOf(
  {
    name: "pad-value-loses-sign",
    bug: "pad2d with −0 pads with +0: for a value equal to 0 it relies on the zeros of a new buffer.",
    killedBy: ["special"],
    ops: ["pad2d"],
  },
  () => ({
    kernels: {
      pad2d: (inputs, { pads, value }, site) => correct.pad2d(inputs, { pads, value: value === 0 ? 0 : value }, site),
    },
  }),
);

export const sliceStartsIgnored = faultOf(
  {
    name: "slice-starts-ignored",
    bug: "slice begins at 0 along the last axis: only the length is passed on, not the start.",
    killedBy: ["matrix", "exact"],
    ops: ["slice"],
  },
  () => ({
    kernels: {
      slice: ({ x }, { starts, ends, axes }, site) => {
        const named = axes.length === 0 ? starts.map((_, axis) => axis) : axes;
        const last = named.indexOf(x.shape.length - 1);
        const moved = (bounds: readonly number[]): readonly number[] =>
          bounds.map((bound, k) => (k === last ? bound - starts[k] : bound));
        return correct.slice({ x }, { starts: moved(starts), ends: moved(ends), axes }, site);
      },
    },
  }),
);

export const reshapeColumnMajor = faultOf(
  {
    name: "reshape-column-major",
    bug: "reshape of a matrix reads it column by column: a transposed view is reshaped without a copy.",
    killedBy: ["matrix", "exact", "property"],
    ops: ["reshape"],
  },
  () => ({
    kernels: {
      reshape: ({ x }, attrs, site) => {
        const axes = x.shape.map((_, axis) => axis);
        const [last, ...rest] = axes.toReversed();
        if (last === undefined || last === 0) return correct.reshape({ x }, attrs, site);
        return renamed(permuteAxes(x, [...rest.toReversed().slice(0, -1), last, last - 1]), site.shape);
      },
    },
  }),
);

export const upsampleHalfPixel = faultOf(
  {
    name: "upsample-half-pixel",
    bug: "upsample rounds i/scale to the nearest index, ties up, instead of floor(i/scale): another mode of resize.",
    killedBy: ["matrix", "exact"],
    ops: ["upsample"],
  },
  () => ({
    kernels: {
      upsample: ({ x }, { scales }, { shape }) => {
        const [, , height, width] = x.shape;
        const tall = stretch(x, 2, height * scales[0], (i) => Math.min(height - 1, Math.round(i / scales[0])));
        return renamed(
          stretch(tall, 3, width * scales[1], (j) => Math.min(width - 1, Math.round(j / scales[1]))),
          shape,
        );
      },
    },
  }),
);

/** Extends one axis: entry `k` of the result is entry `from(k)` of the operand. */
function stretch({ shape, data }: HostArray, axis: number, extent: number, from: (index: number) => number): HostArray {
  const inner = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  const y = zeros(shape.with(axis, extent));
  for (let k = 0; k < y.data.length; k += 1) {
    const index = Math.floor(k / inner) % extent;
    const line = Math.floor(k / (inner * extent));
    y.data[k] = data[(line * shape[axis] + from(index)) * inner + (k % inner)];
  }
  return y;
}

export const lostNegativeZero = faultOf(
  {
    name: "lost-negative-zero",
    bug: "concat adds its operands to zeros, which turns −0 into +0: the copy is a sum of padded parts.",
    killedBy: ["special"],
    ops: ["concat"],
  },
  () => ({
    kernels: {
      concat: (inputs, attrs, site) => mapElements(correct.concat(inputs, attrs, site), (value) => value + 0),
    },
  }),
);

export const vectorRemainder = faultOf(
  {
    name: "vector-remainder",
    bug: "concat overwrites the channels after the last multiple of 4: the kernel packs channels in fours.",
    killedBy: ["matrix", "exact", "property"],
    ops: ["concat"],
  },
  () => ({
    kernels: {
      concat: (inputs, attrs, site) => {
        const y = correct.concat(inputs, attrs, site);
        if (y.shape.length < 2 || y.shape[1] < 4) return y;
        const whole = y.shape[1] - (y.shape[1] % 4);
        return gatherAxis(y, 1, (channel) => (channel < whole ? channel : whole - 1));
      },
    },
  }),
);

export const dropoutReturnsOperand = faultOf(
  {
    name: "dropout-returns-operand",
    bug: "dropout returns its operand, which is then released twice: it does not copy because no value changes.",
    killedBy: ["matrix", "exact", "special", "relation"],
    ops: ["dropout"],
  },
  () => ({ kernels: { dropout: ({ x }) => x }, passes: [] }),
);

export const dropoutStillScales = faultOf(
  {
    name: "dropout-still-scales",
    bug: "dropout scales by 1 − p in inference: the form of the original paper instead of inverted dropout.",
    killedBy: ["matrix", "exact", "special", "relation"],
    ops: ["dropout"],
  },
  () => ({
    kernels: {
      dropout: (inputs, attrs, site) => mapElements(correct.dropout(inputs, attrs, site), (v) => v * (1 - attrs.p)),
    },
    passes: [],
  }),
);
