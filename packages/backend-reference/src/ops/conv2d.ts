import type { Box } from "../box.js";
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
          const [i, j] = [Math.floor((first + v) / outWidth), (first + v) % outWidth];
          const [top, left] = [i * strides[0] - pads[0], j * strides[1] - pads[1]];
          const patch = patches.subarray(v * patchLength, (v + 1) * patchLength);
          gatherPatch(patch, x, firstPlane, { top, left, extent: [kernelHeight, kernelWidth], dilations });
        }
        const gathered = patches.subarray(0, count * patchLength);
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
 * Fills `patch` with the elements under one window of the planes from `plane` on: channel by channel, row by row, as in
 * `w`.
 */
function gatherPatch(patch: Float64Array, x: OracleArray, plane: number, { top, left, extent, dilations }: Box): void {
  const [, , height, width] = x.shape;
  let k = 0;
  for (let c = plane; k < patch.length; c += 1) {
    for (let u = 0; u < extent[0]; u += 1) {
      const row = top + u * dilations[0];
      for (let v = 0; v < extent[1]; v += 1) {
        const column = left + v * dilations[1];
        const inside = row >= 0 && row < height && column >= 0 && column < width;
        patch[k] = inside ? x.value[(c * height + row) * width + column] : 0;
        k += 1;
      }
    }
  }
}
