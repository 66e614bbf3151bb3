import type { Attrs, Inputs, Pair } from "@isoconv/core-spec";
import { zeros, type HostArray, type HostKernel } from "./host-array.js";
import { exactDot, type Dot } from "./sums.js";

/** Applies, in place, the activation that a pass has fused into conv2d or linear. */
export function activate({ data }: HostArray, activation: Attrs<"conv2d" | "linear">["activation"]): void {
  if (activation === "none") return;
  const limit = activation === "relu6" ? 6 : Infinity;
  for (let k = 0; k < data.length; k += 1) data[k] = Math.min(Math.max(data[k], 0), limit);
}

/** conv2d whose sums are computed by `dot`. The result has the extents of `site`, also if the attributes imply others. */
export function conv2dWith(dot: Dot): HostKernel<"conv2d"> {
  return ({ x, w, bias }, { strides, pads, dilations, groups, activation }, { shape }) => {
    const y = zeros(shape);
    const [batch, outChannels, outHeight, outWidth] = shape;
    const [, channels, height, width] = x.shape;
    const [, perGroup, kernelHeight, kernelWidth] = w.shape;
    const taps = perGroup * kernelHeight * kernelWidth;
    const [xs, ws] = [new Float32Array(taps), new Float32Array(taps)];
    let at = 0;
    for (let n = 0; n < batch; n += 1) {
      for (let o = 0; o < outChannels; o += 1) {
        const first = Math.floor(o / (outChannels / groups)) * perGroup;
        for (let i = 0; i < outHeight; i += 1) {
          for (let j = 0; j < outWidth; j += 1) {
            let count = 0;
            for (let c = 0; c < perGroup; c += 1) {
              for (let u = 0; u < kernelHeight; u += 1) {
                const row = i * strides[0] - pads[0] + u * dilations[0];
                if (row < 0 || row >= height) continue;
                for (let v = 0; v < kernelWidth; v += 1) {
                  const column = j * strides[1] - pads[1] + v * dilations[1];
                  if (column < 0 || column >= width) continue;
                  xs[count] = x.data[((n * channels + first + c) * height + row) * width + column];
                  ws[count] = w.data[((o * perGroup + c) * kernelHeight + u) * kernelWidth + v];
                  count += 1;
                }
              }
            }
            y.data[at] = dot(xs, ws, count, bias?.data[o] ?? 0);
            at += 1;
          }
        }
      }
    }
    activate(y, activation);
    return y;
  };
}

/** linear whose sums are computed by `dot`. */
export function linearWith(dot: Dot): HostKernel<"linear"> {
  return ({ x, w, bias }, { activation }, { shape }) => {
    const y = zeros(shape);
    const [outFeatures, inFeatures] = w.shape;
    for (let at = 0; at < y.data.length; at += 1) {
      const o = at % outFeatures;
      const row = Math.floor(at / outFeatures);
      const xs = x.data.subarray(row * inFeatures, (row + 1) * inFeatures);
      y.data[at] = dot(xs, w.data.subarray(o * inFeatures, (o + 1) * inFeatures), inFeatures, bias?.data[o] ?? 0);
    }
    activate(y, activation);
    return y;
  };
}

/**
 * convTranspose2d whose sums are computed by `dot`: conv2d, with the filters turned by 180°, of the input with
 * `stride − 1` zeros between its elements. Negative pads crop.
 */
export function convTranspose2dWith(dot: Dot): HostKernel<"convTranspose2d"> {
  const convolve = conv2dWith(dot);
  return ({ x, w, bias }, { strides, pads, dilations, groups }, site) => {
    const [top, left] = [0, 1].map((axis) => dilations[axis] * (w.shape[axis + 2] - 1) - pads[axis]);
    return convolve(
      { x: spread(x, strides), w: turned(w, groups), bias },
      { strides: [1, 1], pads: [top, left, 0, 0], dilations, groups, activation: "none" },
      site,
    );
  };
}

/** An image with zeros between its elements. */
function spread({ shape: [batch, channels, height, width], data }: HostArray, strides: Pair): HostArray {
  const y = zeros([batch, channels, (height - 1) * strides[0] + 1, (width - 1) * strides[1] + 1]);
  const [, , tall, wide] = y.shape;
  for (const [k, element] of data.entries()) {
    const row = Math.floor(k / width);
    y.data[(Math.floor(row / height) * tall + (row % height) * strides[0]) * wide + (k % width) * strides[1]] = element;
  }
  return y;
}

/** Filters [I, O/groups, kH, kW] as conv2d's [O, I/groups, kH, kW], turned by 180°. */
function turned({ shape: [inChannels, outPerGroup, height, width], data }: HostArray, groups: number): HostArray {
  const inPerGroup = inChannels / groups;
  const y = zeros([outPerGroup * groups, inPerGroup, height, width]);
  const taps = height * width;
  for (const k of y.data.keys()) {
    const [o, i] = [Math.floor(k / taps / inPerGroup), Math.floor(k / taps) % inPerGroup];
    const c = Math.floor(o / outPerGroup) * inPerGroup + i;
    y.data[k] = data[(c * outPerGroup + (o % outPerGroup)) * taps + (taps - 1 - (k % taps))];
  }
  return y;
}

/** conv2d in plain loops; each sum is rounded once. */
export const conv2d = conv2dWith(exactDot);

type Conv2dInputs = Inputs<"conv2d", HostArray>;

/** conv2d with changed attributes or operands; the result has the correct extents. */
export function conv2dBefore(
  change: (inputs: Conv2dInputs, attrs: Attrs<"conv2d">) => { inputs?: Conv2dInputs; attrs?: Attrs<"conv2d"> },
): HostKernel<"conv2d"> {
  return (inputs, attrs, site) => {
    const changed = change(inputs, attrs);
    return conv2d(changed.inputs ?? inputs, changed.attrs ?? attrs, site);
  };
}
