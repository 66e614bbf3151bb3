import { exact } from "../accuracy.js";
import { slideAlong } from "../analysis/axis-field.js";
import { IsoconvError } from "../error.js";
import { integers } from "../list-attributes.js";
import { checkAxis, defineOp, known, shapeError, type OpDoc } from "../op.js";
import { tensor } from "../operand.js";

export const sliceDoc: OpDoc<typeof slice> = {
  summary: "A box cut out of a tensor.",
  formula: "y[…, i, …] = x[…, starts[k] + i, …] along axes[k], 0 ≤ i < ends[k] − starts[k]",
  notes: ["Axes that are not named are kept whole. By default the axes are 0, 1, … in order."],
  inputs: { x: "Input." },
  attrs: {
    starts: "First index along each axis.",
    ends: "Index after the last along each axis.",
    axes: "The axes cut; empty means 0, 1, ….",
  },
  example: { inputs: { x: ["N", 3, 8, 8] }, attrs: { axes: [2, 3], starts: [1, 2], ends: [7, 8] } },
};

export const slice = defineOp({
  name: "slice",
  family: "movement",
  inputs: { x: tensor(1) },
  attrs: {
    starts: integers({ min: 0 }),
    ends: integers({ min: 0 }),
    axes: integers({ min: 0, distinct: true, default: [] }),
  },
  special: { nan: "moved", signedZero: "kept" },
  exactOnIntegers: () => true,
  infer({ x }, { starts, ends, axes }, at) {
    const named = axes.length === 0 ? starts.map((_, axis) => axis) : axes;
    if (named.length !== starts.length || ends.length !== starts.length) {
      throw new IsoconvError("INVALID_ATTRIBUTE", {
        ...at,
        path: "attrs",
        what: "starts, ends and axes differ in length",
        expected: `${named.length} of each`,
        received: [starts.length, ends.length],
      });
    }
    const shape = [...x];
    for (const [k, axis] of named.entries()) {
      checkAxis(axis, x, axes.length === 0 ? "attrs.starts" : `attrs.axes[${k}]`, at);
      const [start, end] = [starts[k] ?? 0, ends[k] ?? 0];
      const extent = known(x[axis] ?? 0, { ...at, path: `attrs.starts[${k}]` }, "a cut axis");
      if (end > extent)
        throw shapeError({ ...at, path: `attrs.ends[${k}]` }, "the box leaves the tensor", `at most ${extent}`, end);
      if (start >= end)
        throw shapeError({ ...at, path: `attrs.starts[${k}]` }, "the box is empty", `less than ${end}`, start);
      shape[axis] = end - start;
    }
    return shape;
  },
  receptiveField: ({ x }, _shapes, { starts, axes }) => {
    if (x.axis === undefined) return x;
    const start = starts[axes.length === 0 ? x.axis : axes.indexOf(x.axis)] ?? 0;
    return slideAlong(x, { kernel: 1, stride: 1, pad: -start, dilation: 1 });
  },
  accuracy: () => exact,
});
