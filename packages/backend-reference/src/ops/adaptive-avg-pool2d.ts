import { gatherBox } from "../box.js";
import { zeros, type OracleOp } from "../oracle-array.js";
import { absoluteSum, exactSummation } from "../summation.js";

/** `y[n,c,i,j] = mean of x[n,c,a,b]`, `⌊i·H/oH⌋ ≤ a < ⌈(i+1)·H/oH⌉`, `⌊j·W/oW⌋ ≤ b < ⌈(j+1)·W/oW⌉` */
export const adaptiveAvgPool2d: OracleOp<"adaptiveAvgPool2d"> = (
  { x },
  _attrs,
  { shape, summation = exactSummation },
) => {
  const [batch, channels, outHeight, outWidth] = shape;
  const [, , height, width] = x.shape;
  const y = zeros(shape);
  const buffer = new Float64Array(height * width);
  let at = 0;
  for (let plane = 0; plane < batch * channels; plane += 1) {
    for (let i = 0; i < outHeight; i += 1) {
      for (let j = 0; j < outWidth; j += 1) {
        const [top, rows] = window(i, height, outHeight);
        const [left, columns] = window(j, width, outWidth);
        const inside = gatherBox(buffer, x, plane, { top, left, extent: [rows, columns], dilations: [1, 1] });
        y.value[at] = summation.sum(inside) / inside.length;
        y.magnitude[at] = absoluteSum(inside) / inside.length;
        at += 1;
      }
    }
  }
  return y;
};

function window(index: number, extent: number, out: number): readonly [start: number, length: number] {
  const start = Math.floor((index * extent) / out);
  return [start, Math.ceil(((index + 1) * extent) / out) - start];
}
