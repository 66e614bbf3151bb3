import { dtype, int, text, type OpAttributes } from "./binding.js";
import type { KernelCall } from "../kernel-call.js";
import type { Eager, Handle } from "./eager.js";

type Kernel = (tf: Eager, call: KernelCall<Handle>) => Handle;

/** Convolutions and pools on channels-last images. */
export const windows = {
  FusedConv2D: (tf, call) => finished(tf, call, convolution(tf, "Conv2D", call, call.operand("filter"))),
  FusedDepthwiseConv2D(tf, call) {
    const filter = call.operand("filter");
    const [down, across] = call.numbers("strides");
    // The depthwise kernel takes neither dilations nor unequal strides unless oneDNN replaces it. A grouped convolution
    // takes both, and its filters, [kH, kW, 1, C·multiplier], have the same memory order as [kH, kW, C, multiplier].
    if (down === across && Math.max(...call.numbers("dilations")) === 1) {
      return finished(tf, call, convolution(tf, "DepthwiseConv2dNative", call, filter));
    }
    const [height, width, channels, multiplier] = filter.shape;
    const grouped = tf.reshaped(filter, [height, width, 1, channels * multiplier]);
    return finished(tf, call, convolution(tf, "Conv2D", call, grouped));
  },
  MaxPool(tf, call) {
    const x = call.operand("x");
    const paddings = call.paddings("pad");
    const pool = (image: Handle, how: OpAttributes): Handle =>
      tf.op("MaxPool", [image], { ...poolAttributes(call), ...how });
    // TensorFlow refuses pads as large as the window, which isoconv allows.
    const [height, width] = call.numbers("filterSize");
    const [, rows, columns] = paddings;
    if (Math.max(...rows) < height && Math.max(...columns) < width) return pool(x, padding(paddings));
    return pool(padded(tf, x, paddings, -Infinity), padding([]));
  },
  AvgPool(tf, call) {
    const x = call.operand("x");
    const paddings = call.paddings("pad");
    const average = (image: Handle): Handle =>
      tf.op("AvgPool", [image], { ...poolAttributes(call), padding: text("VALID") });
    if (isNone(paddings)) return average(x);
    // The kernel cannot pad. It counts zeros that are added explicitly, so its means are scaled by the share of them.
    const means = average(padded(tf, x, paddings, 0));
    const shares = sharesOfPadded(call, [x.shape[1], x.shape[2]], [means.shape[1], means.shape[2]]);
    return tf.op("Mul", [means, tf.floats(shares, [1, means.shape[1], means.shape[2], 1])]);
  },
} satisfies Record<string, Kernel>;

function convolution(tf: Eager, name: string, call: KernelCall<Handle>, filter: Handle): Handle {
  return tf.op(name, [call.operand("x"), filter], {
    strides: int([1, ...call.numbers("strides"), 1]),
    dilations: int([1, ...call.numbers("dilations"), 1]),
    data_format: text("NHWC"),
    ...padding(call.paddings("pad")),
  });
}

/** Adds the bias and applies the activation. */
export function finished(tf: Eager, call: KernelCall<Handle>, y: Handle): Handle {
  const bias = call.optional("bias");
  const sum = bias === undefined ? y : tf.op("BiasAdd", [y, bias], { data_format: text("NHWC") });
  const activation = call.text("activation");
  switch (activation) {
    case "linear":
      return sum;
    case "relu":
      return tf.op("Relu", [sum]);
    case "relu6":
      return tf.op("Relu6", [sum]);
    default:
      throw new Error(`no activation ${activation}`);
  }
}

type Paddings = ReturnType<KernelCall<Handle>["paddings"]>;

function padding(paddings: Paddings): OpAttributes {
  if (isNone(paddings)) return { padding: text("VALID") };
  return { padding: text("EXPLICIT"), explicit_paddings: int(paddings.flat()) };
}

/** Surrounds a tensor with a constant. */
export function padded(tf: Eager, x: Handle, paddings: Paddings, value: number): Handle {
  const amounts = tf.ints(paddings.flat(), [paddings.length, 2]);
  return tf.op("PadV2", [x, amounts, tf.scalar(value)], { Tpaddings: dtype("int32") });
}

function isNone(paddings: Paddings): boolean {
  return paddings.every(([before, after]) => before === 0 && after === 0);
}

function poolAttributes(call: KernelCall<Handle>): OpAttributes {
  return {
    ksize: int([1, ...call.numbers("filterSize"), 1]),
    strides: int([1, ...call.numbers("strides"), 1]),
    data_format: text("NHWC"),
  };
}

/** For each window, its size divided by the number of its elements inside the image. */
function sharesOfPadded(
  call: KernelCall<Handle>,
  [height, width]: readonly [number, number],
  [rows, columns]: readonly [number, number],
): Float32Array {
  const [kernelHeight, kernelWidth] = call.numbers("filterSize");
  const [down, across] = call.numbers("strides");
  const [, [top], [left]] = call.paddings("pad");
  const inside = (start: number, size: number, extent: number): number =>
    Math.min(start + size, extent) - Math.max(start, 0);
  return Float32Array.from({ length: rows * columns }, (_, index) => {
    const [row, column] = [Math.floor(index / columns), index % columns];
    const own = inside(row * down - top, kernelHeight, height) * inside(column * across - left, kernelWidth, width);
    return (kernelHeight * kernelWidth) / own;
  });
}
