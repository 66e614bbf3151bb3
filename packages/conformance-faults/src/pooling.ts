import {
  correct,
  faultOf,
  largest,
  largestByComparison,
  mapElements,
  mapWindows,
  total,
} from "@isoconv/conformance/faults";

export const maxPoolDropsNaN = faultOf(
  {
    name: "max-pool-drops-nan",
    bug: "maxPool2d compares with `>`, so that it drops NaN, but the backend declares IEEE behaviour.",
    killedBy: ["special", "probe"],
    ops: ["maxPool2d"],
  },
  () => ({
    kernels: {
      maxPool2d: ({ x }, attrs, site) => mapWindows(x, attrs, site, ({ inside }) => largestByComparison(inside)),
    },
  }),
);

export const maxPoolPadsWithZero = faultOf(
  {
    name: "max-pool-pads-with-zero",
    bug: "maxPool2d pads with 0, which exceeds negative elements: the adapter pads first and then pools without pads.",
    killedBy: ["matrix", "exact", "trap"],
    ops: ["maxPool2d"],
  },
  () => ({
    kernels: {
      maxPool2d: ({ x }, attrs, site) =>
        mapWindows(x, attrs, site, ({ inside, outside }) => Math.max(largest(inside), outside > 0 ? 0 : -Infinity)),
    },
  }),
);

export const maxPoolStartsAtLowestNormal = faultOf(
  {
    name: "max-pool-starts-at-lowest-normal",
    bug: "maxPool2d starts from the smallest positive normal number, numeric_limits<float>::min() of C++, instead of the lowest number.",
    killedBy: ["matrix", "exact", "special", "trap"],
    ops: ["maxPool2d"],
  },
  () => ({
    kernels: {
      maxPool2d: ({ x }, attrs, site) => mapWindows(x, attrs, site, ({ inside }) => largest([2 ** -126, ...inside])),
    },
  }),
);

export const ceilGarbage = faultOf(
  {
    name: "ceil-garbage",
    bug: "Pooling windows that overhang the right edge give wrong values, as `ceil` rounding does in TensorFlow.js' WASM backend.",
    killedBy: ["matrix", "exact", "trap"],
    ops: ["maxPool2d", "avgPool2d"],
  },
  () => {
    const overhangs = (j: number, width: number, { kernel, strides, pads }: Overhang): boolean =>
      j * strides[1] - pads[1] + kernel[1] > width && pads[3] > pads[1];
    const spoil = (y: ReturnType<typeof mapWindows>, width: number, attrs: Overhang): typeof y =>
      mapElements(y, (value, k) => (overhangs(k % y.shape[3], width, attrs) ? 1e30 : value));
    return {
      kernels: {
        maxPool2d: (inputs, attrs, site) => spoil(correct.maxPool2d(inputs, attrs, site), inputs.x.shape[3], attrs),
        avgPool2d: (inputs, attrs, site) => spoil(correct.avgPool2d(inputs, attrs, site), inputs.x.shape[3], attrs),
      },
    };
  },
);

interface Overhang {
  readonly kernel: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly pads: readonly [number, number, number, number];
}

export const maxPoolDilationIgnored = faultOf(
  {
    name: "max-pool-dilation-ignored",
    bug: "maxPool2d ignores its dilations, like TensorFlow.js' pools.",
    killedBy: ["matrix", "exact"],
    ops: ["maxPool2d"],
  },
  () => ({
    kernels: {
      maxPool2d: ({ x }, { kernel, strides, pads }, site) =>
        mapWindows(x, { kernel, strides, pads }, site, ({ inside }) => largest(inside)),
    },
  }),
);

export const poolKernelSwapped = faultOf(
  {
    name: "pool-kernel-swapped",
    bug: "maxPool2d swaps the kernel's height and width: [x, y] order.",
    killedBy: ["matrix", "exact"],
    ops: ["maxPool2d"],
  },
  () => ({
    kernels: {
      maxPool2d: ({ x }, { kernel: [height, width], ...attrs }, site) =>
        mapWindows(x, { ...attrs, kernel: [width, height] }, site, ({ inside }) => largest(inside)),
    },
  }),
);

export const paddingCounted = faultOf(
  {
    name: "padding-counted",
    bug: "avgPool2d divides by the size of the whole window, padding included, like PyTorch's default count_include_pad.",
    killedBy: ["matrix", "trap"],
    ops: ["avgPool2d"],
  },
  () => ({
    kernels: {
      avgPool2d: ({ x }, attrs, site) =>
        mapWindows(x, attrs, site, ({ inside, outside }) => total(inside) / (inside.length + outside)),
    },
  }),
);

export const adaptiveRounding = faultOf(
  {
    name: "adaptive-rounding",
    bug: "adaptiveAvgPool2d rounds both ends of a window down, so that windows do not overlap.",
    killedBy: ["matrix", "property"],
    ops: ["adaptiveAvgPool2d"],
  },
  () => ({
    kernels: {
      adaptiveAvgPool2d: ({ x }, { outputSize: [outHeight, outWidth] }, site) => {
        const [, , height, width] = x.shape;
        const bounds = (index: number, extent: number, out: number): readonly [number, number] => {
          const start = Math.floor((index * extent) / out);
          return [start, Math.max(start + 1, Math.floor(((index + 1) * extent) / out))];
        };
        const whole = { kernel: [1, 1], strides: [1, 1], pads: [0, 0, 0, 0] } as const;
        const y = mapWindows(x, whole, site, () => 0);
        return mapElements(y, (_zero, k) => {
          const [top, bottom] = bounds(Math.floor(k / outWidth) % outHeight, height, outHeight);
          const [left, right] = bounds(k % outWidth, width, outWidth);
          const plane = Math.floor(k / (outWidth * outHeight));
          const values: number[] = [];
          for (let row = top; row < bottom; row += 1) {
            for (let column = left; column < right; column += 1) {
              values.push(x.data[(plane * height + row) * width + column]);
            }
          }
          return total(values) / values.length;
        });
      },
    },
  }),
);
