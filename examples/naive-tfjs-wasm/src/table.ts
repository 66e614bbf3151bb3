import { opNames, unsupported, type Attrs, type KernelSite, type KernelTable, type OpName } from "@isoconv/core-spec";
import * as tf from "@tensorflow/tfjs-core";
import type { Extents, Pooling } from "./pooling.js";

const todo = unsupported("not written: the example is about pooling", {
  issue: "https://www.npmjs.com/package/@isoconv/backend-tfjs",
});

/** Chooses TensorFlow.js's padding from the extents of the image and of the result. */
type PoolingOf = (attrs: PoolAttrs, image: Extents, result: Extents) => Pooling;

/** Pooling and relu; everything else is declared unsupported. */
export function poolingTable(poolingOf: PoolingOf): KernelTable<tf.Tensor> {
  const rest = Object.fromEntries(opNames.map((op) => [op, todo])) as Record<OpName, typeof todo>;
  return {
    ...rest,
    relu: ({ x }) => tf.relu(x),
    maxPool2d: ({ x }, attrs, site) =>
      channelsLast(x, (image) => {
        if (Math.max(...attrs.dilations) > 1) return dilatedMax(image, attrs, site);
        const { pad, rounding } = poolingOf(attrs, [image.shape[1], image.shape[2]], [site.shape[2], site.shape[3]]);
        return tf.maxPool(image, [...attrs.kernel], [...attrs.strides], pad, rounding);
      }),
    avgPool2d: ({ x }, attrs, site) =>
      channelsLast(x, (image) => {
        const { pad, rounding } = poolingOf(attrs, [image.shape[1], image.shape[2]], [site.shape[2], site.shape[3]]);
        return tf.avgPool(image, [...attrs.kernel], [...attrs.strides], pad, rounding);
      }),
  };
}

/** The common part of maxPool2d and avgPool2d. */
export type PoolAttrs = Attrs<"avgPool2d">;

/** TensorFlow.js pools channels-last images. */
function channelsLast(x: tf.Tensor, pool: (image: tf.Tensor4D) => tf.Tensor4D): tf.Tensor {
  return tf.tidy(() => tf.transpose(pool(tf.transpose(x as tf.Tensor4D, [0, 2, 3, 1])), [0, 3, 1, 2]));
}

/** TensorFlow.js does not dilate strided windows, so this takes the maximum over the taps, each a strided slice. */
function dilatedMax(image: tf.Tensor4D, attrs: Attrs<"maxPool2d">, { shape }: KernelSite): tf.Tensor4D {
  const { kernel, strides, pads, dilations } = attrs;
  const [top, left, bottom, right] = pads;
  const padded = tf.pad(image, [[0, 0], [top, bottom], [left, right], [0, 0]], -Infinity); // prettier-ignore
  const taps = Array.from({ length: kernel[0] * kernel[1] }, (_, tap) => {
    const row = Math.floor(tap / kernel[1]) * dilations[0];
    const column = (tap % kernel[1]) * dilations[1];
    const end = [row + (shape[2] - 1) * strides[0] + 1, column + (shape[3] - 1) * strides[1] + 1];
    const [batch, , , channels] = image.shape;
    return tf.stridedSlice(padded, [0, row, column, 0], [batch, ...end, channels], [1, ...strides, 1]);
  });
  return taps.reduce((largest, tap) => tf.maximum(largest, tap)) as tf.Tensor4D;
}
