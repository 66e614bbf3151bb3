import type { Node, Pads2d } from "@isoconv/core-spec";
import { int, ints, string } from "../model/attributes.js";
import { reshapeTarget, type OnnxTable } from "./site.js";

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
    const inputs = foldable
      ? [x.name, site.int64([0, 0, top, left, 0, 0, bottom, right]), site.scalar(value)]
      : [x.name, site.int64(pads), site.scalar(value), site.int64([2, 3])];
    return site.last("Pad", inputs, { mode: string("constant") });
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
 * Whether ONNX Runtime may fold a Pad into its reader, which saves a copy. It folds into convolutions and pools whatever
 * has no explicit axes, also where that is wrong: the pads of a MaxPool mean −∞, not 0, and those of an AveragePool must
 * stay below the kernel.
 */
function mayFold([top, left, bottom, right]: Pads2d, reader: Node): boolean {
  if (reader.op === "conv2d") return true;
  if (reader.op !== "avgPool2d" || reader.attrs.pads.some((pad) => pad > 0)) return false;
  const [height, width] = reader.attrs.kernel;
  return Math.max(top, bottom) < height && Math.max(left, right) < width;
}
