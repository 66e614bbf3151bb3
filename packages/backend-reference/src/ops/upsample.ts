import { elementCount } from "@isoconv/core-spec";
import type { OracleOp } from "../oracle-array.js";

/** `y[n,c,i,j] = x[n,c, ⌊i/scales[0]⌋, ⌊j/scales[1]⌋]` */
export const upsample: OracleOp<"upsample"> = ({ x }, { scales }, { shape }) => {
  const [, , height, width] = x.shape;
  const [batch, channels, outHeight, outWidth] = shape;
  const value = new Float64Array(elementCount(shape));
  let at = 0;
  for (let plane = 0; plane < batch * channels; plane += 1) {
    for (let i = 0; i < outHeight; i += 1) {
      const row = plane * height + Math.floor(i / scales[0]);
      for (let j = 0; j < outWidth; j += 1) {
        value[at] = x.value[row * width + Math.floor(j / scales[1])];
        at += 1;
      }
    }
  }
  return { shape, value };
};
