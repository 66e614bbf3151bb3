import type { Value, GraphBuilder } from "../graph/builder.js";
import { known } from "../op.js";
import type { Decomposition } from "./decomposition.js";

/**
 * One plain pool where the output size divides the input. Otherwise the mean over a box is the mean of its rows' means:
 * the decomposition averages the input rows of each output row, then the columns of each output column.
 */
export const adaptiveAvgPool2d: Decomposition<"adaptiveAvgPool2d"> = (g, { x }, { outputSize }, name) => {
  const [outHeight, outWidth] = outputSize;
  const height = known(x.shape[2] ?? 0, { node: name }, "the height");
  const width = known(x.shape[3] ?? 0, { node: name }, "the width");
  if (height % outHeight === 0 && width % outWidth === 0) {
    const kernel = [height / outHeight, width / outWidth] as const;
    return g.avgPool2d({ x }, { kernel, strides: kernel }, name);
  }
  const rows = averageAlong(g, x, 2, height, outHeight, g.freshName(`${name}.rows`));
  return averageAlong(g, rows, 3, width, outWidth, name);
};

function averageAlong(g: GraphBuilder, x: Value, axis: 2 | 3, extent: number, out: number, name: string): Value {
  const means = Array.from({ length: out }, (_, i) => {
    const start = Math.floor((i * extent) / out);
    const end = Math.ceil(((i + 1) * extent) / out);
    const part = g.slice({ x }, { axes: [axis], starts: [start], ends: [end] }, g.freshName(`${name}.slice`));
    return g.mean({ x: part }, { axes: [axis], keepDims: true }, g.freshName(`${name}.mean`));
  });
  return g.concat({ xs: means }, { axis }, name);
}
