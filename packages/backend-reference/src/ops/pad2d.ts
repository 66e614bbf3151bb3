import { elementCount } from "@isoconv/core-spec";
import type { OracleOp } from "../oracle-array.js";

/** `y[n,c,i,j] = x[n,c,i−top,j−left]` inside, `value` outside */
export const pad2d: OracleOp<"pad2d"> = ({ x }, { pads: [top, left], value: constant }, { shape }) => {
  const [batch, channels, height, width] = x.shape;
  const [, , outHeight, outWidth] = shape;
  const value = new Float64Array(elementCount(shape)).fill(constant);
  for (let plane = 0; plane < batch * channels; plane += 1) {
    for (let i = 0; i < height; i += 1) {
      const row = x.value.subarray((plane * height + i) * width, (plane * height + i + 1) * width);
      value.set(row, (plane * outHeight + top + i) * outWidth + left);
    }
  }
  return { shape, value };
};
