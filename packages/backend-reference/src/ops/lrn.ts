import { zeros, type OracleOp } from "../oracle-array.js";
import { exactSummation } from "../summation.js";

/**
 * `y_c = x_c / (bias + (alpha/size)·s)^beta`, `s` the sum of x² over the channels `c − ⌊(size−1)/2⌋ … c + ⌈(size−1)/2⌉`
 * that exist. `M = |y|·|beta|·(alpha/size)·R / (bias + (alpha/size)·s)`, `R` the sum over channels 0 … c + ⌈(size−1)/2⌉,
 * which is what an implementation that slides the window has added up. Channels that are not finite are left out of `R`
 * where the window does not hold them: sliding past them has no bounded error.
 */
export const lrn: OracleOp<"lrn"> = ({ x }, { size, alpha, beta, bias }, { shape, summation = exactSummation }) => {
  const [batch, channels, height, width] = shape;
  const plane = height * width;
  const y = zeros(shape);
  const squares = new Float64Array(channels);
  for (let n = 0; n < batch; n += 1) {
    for (let pixel = 0; pixel < plane; pixel += 1) {
      const at = (c: number): number => (n * channels + c) * plane + pixel;
      for (let c = 0; c < channels; c += 1) squares[c] = x.value[at(c)] ** 2;
      let running = 0;
      let reached = 0;
      for (let c = 0; c < channels; c += 1) {
        const begin = Math.max(0, c - Math.floor((size - 1) / 2));
        const end = Math.min(channels, c + Math.ceil((size - 1) / 2) + 1);
        for (; reached < end; reached += 1) if (Number.isFinite(squares[reached])) running += squares[reached];
        const base = bias + (alpha / size) * summation.sum(squares.subarray(begin, end));
        const result = x.value[at(c)] / base ** beta;
        y.value[at(c)] = result;
        y.magnitude[at(c)] = (Math.abs(result) * Math.abs(beta) * (alpha / size) * running) / base;
      }
    }
  }
  return y;
};
