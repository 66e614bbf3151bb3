import { zeros, type OracleOp } from "../oracle-array.js";
import { absoluteSum, exactSummation } from "../summation.js";

/**
 * `y[n, o, i·s₀−top+u·d₀, j·s₁−left+v·d₁] += x[n,c,i,j] · w[c,o,u,v]`, plus bias. Computed per output element: element
 * (p, q) uses the taps (u, v) for which `p + top − u·d₀` is a row of the input times s₀, and likewise for columns.
 */
export const convTranspose2d: OracleOp<"convTranspose2d"> = (
  { x, w, bias },
  { strides, pads, dilations, groups },
  { shape, summation = exactSummation },
) => {
  const [batch, outChannels, outHeight, outWidth] = shape;
  const [, channels, height, width] = x.shape;
  const [, outPerGroup, kernelHeight, kernelWidth] = w.shape;
  const channelsPerGroup = channels / groups;
  const y = zeros(shape);
  const products = new Float64Array(channelsPerGroup * kernelHeight * kernelWidth);
  let at = 0;
  for (let n = 0; n < batch; n += 1) {
    for (let o = 0; o < outChannels; o += 1) {
      const group = Math.floor(o / outPerGroup);
      const offset = bias === undefined ? 0 : bias.value[o];
      for (let p = 0; p < outHeight; p += 1) {
        for (let q = 0; q < outWidth; q += 1) {
          let count = 0;
          for (let u = 0; u < kernelHeight; u += 1) {
            const i = (p + pads[0] - u * dilations[0]) / strides[0];
            if (!isIndex(i, height)) continue;
            for (let v = 0; v < kernelWidth; v += 1) {
              const j = (q + pads[1] - v * dilations[1]) / strides[1];
              if (!isIndex(j, width)) continue;
              for (let c = group * channelsPerGroup; c < (group + 1) * channelsPerGroup; c += 1) {
                const weight = w.value[((c * outPerGroup + (o % outPerGroup)) * kernelHeight + u) * kernelWidth + v];
                products[count] = weight * x.value[((n * channels + c) * height + i) * width + j];
                count += 1;
              }
            }
          }
          const terms = products.subarray(0, count);
          y.value[at] = summation.sum(terms) + offset;
          y.magnitude[at] = absoluteSum(terms) + Math.abs(offset);
          at += 1;
        }
      }
    }
  }
  return y;
};

function isIndex(value: number, extent: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < extent;
}
