import type { Pads2d } from "@isoconv/core-spec";
import { int, ints, string } from "../model/attributes.js";
import { reshapeTarget, type OnnxTable, type Reader } from "./lowering-site.js";

export const movement = {
  concat: ({ xs }, { axis }, site) => {
    const filled = xs.filter(({ shape }) => !shape.includes(0));
    return site.last(
      "Concat",
      filled.map(({ name }) => name),
      { axis: int(axis) },
    );
  },

  slice: ({ x }, { starts, ends, axes }, site) => {
    const named = axes.length === 0 ? starts.map((_, axis) => axis) : axes;
    return site.last("Slice", [x.name, site.int64(starts), site.int64(ends), site.int64(named)]);
  },

  reshape: ({ x }, _attrs, site) => site.last("Reshape", [x.name, site.int64(reshapeTarget(site.shape))]),

  flatten: ({ x }, { axis }, site) =>
    axis === 1
      ? site.last("Flatten", [x.name], { axis: int(1) })
      : site.last("Reshape", [x.name, site.int64(reshapeTarget(site.shape))]),

  transpose: ({ x }, { permutation }, site) => site.last("Transpose", [x.name], { perm: ints(permutation) }),

  pad2d: ({ x }, { pads, value }, site) => {
    const foldable = site.readers.every((reader) => mayFold(pads, reader));
    const [top, left, bottom, right] = pads;
    // All axes or none: when ONNX Runtime moves a Transpose past a Pad, it permutes full-rank pads and ignores the
    // axes.
    const axes = foldable ? undefined : site.int64([0, 1, 2, 3]);
    const padding = site.int64([0, 0, top, left, 0, 0, bottom, right]);
    return site.last("Pad", [x.name, padding, site.scalar(value), axes], { mode: string("constant") });
  },

  upsample: ({ x }, { scales: [height, width] }, site) =>
    site.last("Resize", [x.name, undefined, site.vector([1, 1, height, width])], {
      mode: string("nearest"),
      coordinate_transformation_mode: string("asymmetric"),
      nearest_mode: string("floor"),
    }),

  dropout: ({ x }, _attrs, site) => site.last("Identity", [x.name]),
} satisfies Partial<OnnxTable>;

/**
 * Whether ONNX Runtime may fold a Pad into its reader, which saves a copy. It folds any Pad without explicit axes into
 * convolutions and pools, even where that is wrong: a convolution may read the Pad as its weight, the pads of a MaxPool
 * are −∞ and not 0, and those of an AveragePool must be smaller than the kernel.
 */
function mayFold([top, left, bottom, right]: Pads2d, { node, operand }: Reader): boolean {
  if (node.op === "conv2d") return operand === "x";
  if (node.op !== "avgPool2d" || node.attrs.pads.some((pad) => pad > 0)) return false;
  const [height, width] = node.attrs.kernel;
  return Math.max(top, bottom) < height && Math.max(left, right) < width;
}
