import { zeros, type OracleOp } from "../oracle-array.js";
import { absoluteSum, exactSummation } from "../summation.js";

/** `y[n,c,0,0] = (1/(H·W)) Σ_{i,j} x[n,c,i,j]` */
export const globalAvgPool2d: OracleOp<"globalAvgPool2d"> = ({ x }, _attrs, { shape, summation = exactSummation }) => {
  const [, , height, width] = x.shape;
  const size = height * width;
  const y = zeros(shape);
  for (let plane = 0; plane < y.value.length; plane += 1) {
    const elements = x.value.subarray(plane * size, (plane + 1) * size);
    y.value[plane] = summation.sum(elements) / size;
    y.magnitude[plane] = absoluteSum(elements) / size;
  }
  return y;
};
