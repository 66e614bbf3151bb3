import type { OracleArray } from "./oracle-array.js";
import { absoluteSum, type Summation } from "./summation.js";

/** Sets one element to the mean of some terms: `M` is the mean of their absolute values, the partial result their sum. */
export function putMean(y: Required<OracleArray>, at: number, terms: Float64Array, summation: Summation): void {
  y.value[at] = summation.sum(terms) / terms.length;
  y.partial[at] = absoluteSum(terms);
  y.magnitude[at] = y.partial[at] / terms.length;
}
