import type { Handler } from "@isoconv/core-spec";
import { int, ints } from "../model/attributes.js";
import { reshapeTarget, type LoweringSite, type Operand } from "./lowering-site.js";

/** Windows up to this width are summed term by term. AlexNet and GoogLeNet use 5. */
const FEW = 9;

/**
 * `x / (bias + (alpha/size)·Σx²)^beta`, composed. ONNX's LRN is defined equally, but ONNX Runtime's kernel refuses an
 * even size, slides its window, so that an ∞ or NaN spreads over all later channels, and is several times slower.
 */
export const lrn: Handler<"lrn", Operand, LoweringSite> = ({ x }, { size, alpha, beta, bias }, site) => {
  // A window extends at most over all channels; beyond them there is nothing to sum.
  const furthest = Number(x.shape[1]) - 1;
  const before = Math.min(Math.floor((size - 1) / 2), furthest);
  const after = Math.min(Math.ceil((size - 1) / 2), furthest);
  const squares = site.step("Mul", [x.name, x.name]);
  const sums = before + after < FEW ? sumTerms : sumByPooling;
  const scaled = site.step("Mul", [sums(squares, x, before, after, site), site.scalar(alpha / size)]);
  const base = site.step("Add", [scaled, site.scalar(bias)]);
  return site.last("Div", [x.name, power(base, beta, site)]);
};

type Sum = (squares: string, x: Operand, before: number, after: number, site: LoweringSite) => string;

/** The sum of shifted copies, sliced from the squares padded with channels of zeros. */
const sumTerms: Sum = (squares, x, before, after, site) => {
  if (before + after === 0) return squares;
  const channels = Number(x.shape[1]);
  const padding = site.int64([0, before, 0, 0, 0, after, 0, 0]);
  const padded = site.step("Pad", [squares, padding, site.scalar(0)]);
  const terms = Array.from({ length: before + after + 1 }, (_, shift) =>
    site.step("Slice", [padded, site.int64([shift]), site.int64([shift + channels]), site.int64([1])]),
  );
  return terms.reduce((sum, term) => site.step("Add", [sum, term]));
};

/** A pool over channels laid out as rows. The padding is counted, so its mean is the sum divided by the width. */
const sumByPooling: Sum = (squares, x, before, after, site) => {
  const pixels = Number(x.shape[2]) * Number(x.shape[3]);
  const width = before + after + 1;
  const rows = site.step("Reshape", [squares, site.int64([-1, 1, Number(x.shape[1]), pixels])]);
  const means = site.step("AveragePool", [rows], {
    kernel_shape: ints([width, 1]),
    strides: ints([1, 1]),
    pads: ints([before, 0, after, 0]),
    count_include_pad: int(1),
  });
  const images = site.step("Reshape", [means, site.int64(reshapeTarget(x.shape))]);
  return site.step("Mul", [images, site.scalar(width)]);
};

/** The papers' exponent ¾ is computed with two square roots, which are far faster than a general power. */
function power(base: string, exponent: number, site: LoweringSite): string {
  if (exponent !== 0.75) return site.step("Pow", [base, site.scalar(exponent)]);
  const root = site.step("Sqrt", [base]);
  return site.step("Mul", [root, site.step("Sqrt", [root])]);
}
