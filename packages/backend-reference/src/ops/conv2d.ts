import type { ConcreteShape, Pair } from "@isoconv/core-spec";
import { applyActivation } from "../fused-activation.js";
import { zeros, type OracleArray, type OracleOp } from "../oracle-array.js";
import { exactSummation } from "../summation.js";

/** The number of windows that are computed per read of a filter. */
const PATCHES_AT_ONCE = 8;

/**
 * `y[n,o,i,j] = act(bias[o] + Σ_c Σ_u Σ_v w[o,c,u,v] · x[n, g·I+c, i·s₀−top+u·d₀, j·s₁−left+v·d₁])`: the patch under
 * each window, with zeros outside the input, times every filter of its group.
 */
export const conv2d: OracleOp<"conv2d"> = (
  { x, w, bias },
  { strides, pads, dilations, groups, activation },
  { shape, summation = exactSummation },
) => {
  const [batch, outChannels, outHeight, outWidth] = shape;
  const [, channelsPerGroup, kernelHeight, kernelWidth] = w.shape;
  const filtersPerGroup = outChannels / groups;
  const y = zeros(shape);
  const pixels = outHeight * outWidth;
  const patchLength = channelsPerGroup * kernelHeight * kernelWidth;
  const patches = new Float64Array(Math.min(PATCHES_AT_ONCE, pixels) * patchLength);
  for (let n = 0; n < batch; n += 1) {
    for (let group = 0; group < groups; group += 1) {
      const firstPlane = (n * groups + group) * channelsPerGroup;
      for (let first = 0; first < pixels; first += PATCHES_AT_ONCE) {
        const count = Math.min(PATCHES_AT_ONCE, pixels - first);
        for (let v = 0; v < count; v += 1) {
          const top = Math.floor((first + v) / outWidth) * strides[0] - pads[0];
          const left = ((first + v) % outWidth) * strides[1] - pads[1];
          gatherPatch(patches, v * patchLength, x, firstPlane, w.shape, top, left, dilations);
        }
        // Making a view takes longer than the sums of a depthwise filter.
        const length = count * patchLength;
        const gathered = length === patches.length ? patches : patches.subarray(0, length);
        for (let o = group * filtersPerGroup; o < (group + 1) * filtersPerGroup; o += 1) {
          const at = (n * outChannels + o) * pixels + first;
          const offset = bias === undefined ? 0 : bias.value[o];
          summation.dots(y, at, 1, w.value, o * patchLength, gathered, count, offset);
        }
      }
    }
  }
  applyActivation(y.value, activation);
  return y;
};

/**
 * Writes the elements under one window of the planes from `plane` on to `patches`, from element `at` on: channel by
 * channel, row by row, as in a filter of shape `filters`. Elements outside the input are 0.
 */
function gatherPatch(
  patches: Float64Array,
  at: number,
  x: OracleArray,
  plane: number,
  filters: ConcreteShape,
  top: number,
  left: number,
  dilations: Pair,
): void {
  const height = x.shape[2];
  const width = x.shape[3];
  const channels = filters[1];
  const kernelHeight = filters[2];
  const kernelWidth = filters[3];
  let k = at;
  for (let c = plane; c < plane + channels; c += 1) {
    for (let u = 0; u < kernelHeight; u += 1) {
      const row = top + u * dilations[0];
      const start = (c * height + row) * width;
      const isRow = row >= 0 && row < height;
      for (let v = 0; v < kernelWidth; v += 1) {
        const column = left + v * dilations[1];
        patches[k] = isRow && column >= 0 && column < width ? x.value[start + column] : 0;
        k += 1;
      }
    }
  }
}
