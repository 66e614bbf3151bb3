import { elementCount } from "@isoconv/core-spec";
import { gatherBox } from "../box.js";
import type { OracleOp } from "../oracle-array.js";

/**
 * `y[n,c,i,j] = max_{u,v} x[n,c, i·s₀−top+u·d₀, j·s₁−left+v·d₁]` over the taps on the input, so that padding never wins.
 * `Math.max` gives NaN as soon as one argument is NaN.
 */
export const maxPool2d: OracleOp<"maxPool2d"> = ({ x }, { kernel, strides, pads, dilations }, { shape }) => {
  const [batch, channels, outHeight, outWidth] = shape;
  const value = new Float64Array(elementCount(shape));
  const buffer = new Float64Array(elementCount(kernel));
  let at = 0;
  for (let plane = 0; plane < batch * channels; plane += 1) {
    for (let i = 0; i < outHeight; i += 1) {
      for (let j = 0; j < outWidth; j += 1) {
        const [top, left] = [i * strides[0] - pads[0], j * strides[1] - pads[1]];
        let largest = -Infinity;
        for (const element of gatherBox(buffer, x, plane, { top, left, extent: kernel, dilations })) {
          largest = Math.max(largest, element);
        }
        value[at] = largest;
        at += 1;
      }
    }
  }
  return { shape, value };
};
