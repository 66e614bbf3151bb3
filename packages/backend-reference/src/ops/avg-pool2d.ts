import { elementCount } from "@isoconv/core-spec";
import { gatherBox } from "../box.js";
import { zeros, type OracleOp } from "../oracle-array.js";
import { absoluteSum, exactSummation } from "../summation.js";

/** `y[n,c,i,j] = (1/count) Σ_{u,v inside} x[n,c, i·s₀−top+u, j·s₁−left+v]`; count does not include padding. */
export const avgPool2d: OracleOp<"avgPool2d"> = (
  { x },
  { kernel, strides, pads },
  { shape, summation = exactSummation },
) => {
  const [batch, channels, outHeight, outWidth] = shape;
  const y = zeros(shape);
  const buffer = new Float64Array(elementCount(kernel));
  let at = 0;
  for (let plane = 0; plane < batch * channels; plane += 1) {
    for (let i = 0; i < outHeight; i += 1) {
      for (let j = 0; j < outWidth; j += 1) {
        const [top, left] = [i * strides[0] - pads[0], j * strides[1] - pads[1]];
        const inside = gatherBox(buffer, x, plane, { top, left, extent: kernel, dilations: [1, 1] });
        y.value[at] = summation.sum(inside) / inside.length;
        y.magnitude[at] = absoluteSum(inside) / inside.length;
        at += 1;
      }
    }
  }
  return y;
};
