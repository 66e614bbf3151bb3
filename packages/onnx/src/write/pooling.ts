import { decomposed, type Attrs, type Shape } from "@isoconv/core-spec";
import { int, ints } from "../model/attributes.js";
import type { OnnxTable } from "./lowering-site.js";

type Pads = Attrs<"maxPool2d">["pads"];

export const pooling = {
  maxPool2d: ({ x }, window, site) => {
    const { kernel, strides, dilations } = window;
    const pads = neededPads(x.shape, site.shape, window);
    const attributes = { kernel_shape: ints(kernel), strides: ints(strides), dilations: ints(dilations) };
    if (fits(pads, kernel)) return site.last("MaxPool", [x.name], { ...attributes, pads: ints(pads) });
    const [top, left, bottom, right] = pads;
    const padding = site.int64([0, 0, top, left, 0, 0, bottom, right]);
    const padded = site.step("Pad", [x.name, padding, site.scalar(-Infinity)]);
    return site.last("MaxPool", [padded], { ...attributes, pads: ints([0, 0, 0, 0]) });
  },

  avgPool2d: ({ x }, { kernel, strides, pads }, site) =>
    site.last("AveragePool", [x.name], {
      kernel_shape: ints(kernel),
      strides: ints(strides),
      pads: ints(neededPads(x.shape, site.shape, { kernel, strides, pads, dilations: [1, 1] })),
      count_include_pad: int(0),
    }),

  globalAvgPool2d: ({ x }, _attrs, site) => site.last("GlobalAveragePool", [x.name]),
  adaptiveAvgPool2d: decomposed,
} satisfies Partial<OnnxTable>;

/**
 * Drops padding at the bottom and right that no window reaches, because ONNX Runtime refuses pads as large as the
 * kernel.
 */
function neededPads(x: Shape, y: Shape, { kernel, strides, pads, dilations }: Attrs<"maxPool2d">): Pads {
  const end = (axis: 0 | 1): number => {
    const reach = dilations[axis] * (kernel[axis] - 1) + 1;
    const last = (Number(y[axis + 2]) - 1) * strides[axis] - pads[axis] + reach;
    return Math.max(0, last - Number(x[axis + 2]));
  };
  return [pads[0], pads[1], end(0), end(1)];
}

/** Whether ONNX Runtime accepts the pads; a dilated window may need larger ones. */
function fits([top, left, bottom, right]: Pads, [height, width]: Attrs<"maxPool2d">["kernel"]): boolean {
  return Math.max(top, bottom) < height && Math.max(left, right) < width;
}
