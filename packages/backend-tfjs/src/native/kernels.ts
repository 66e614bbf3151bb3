import { bool, dtype, float, int } from "./binding.js";
import type { KernelCall } from "../kernel-call.js";
import type { Eager, Handle } from "./eager.js";
import { finished, padded, windows } from "./windows.js";

/** A TensorFlow.js kernel implemented with operations of TensorFlow. */
export type Kernel = (tf: Eager, call: KernelCall<Handle>) => Handle;

const unary =
  (name: string): Kernel =>
  (tf, call) =>
    tf.op(name, [call.operand("x")]);

const binary =
  (name: string): Kernel =>
  (tf, call) =>
    tf.op(name, [call.operand("a"), call.operand("b")]);

const reduction =
  (name: string, axes: string): Kernel =>
  (tf, call) =>
    tf.op(name, [call.operand("x"), tf.ints(call.numbers(axes))], {
      Tidx: dtype("int32"),
      keep_dims: bool(call.flag("keepDims")),
    });

const INDEX = { Index: dtype("int32") };

/**
 * The kernels that the operations of this package call, by TensorFlow.js's names.
 *
 * tfjs-node's own kernels are not used, for four reasons. Half of them call `tf.*`, which runs on the program's current
 * backend (and overflows the stack when that is another one). They need tensors registered with the engine. They do not
 * free their intermediate results. They refuse explicit pads where TensorFlow takes them.
 */
export const kernels: Readonly<Record<string, Kernel>> = {
  ...windows,
  Elu: unary("Elu"),
  Erf: unary("Erf"),
  Exp: unary("Exp"),
  Identity: unary("Identity"),
  Log: unary("Log"),
  Relu: unary("Relu"),
  Sigmoid: unary("Sigmoid"),
  Sqrt: unary("Sqrt"),
  Square: unary("Square"),
  Tanh: unary("Tanh"),
  Add: binary("AddV2"),
  Maximum: binary("Maximum"),
  Minimum: binary("Minimum"),
  Multiply: binary("Mul"),
  Pow: binary("Pow"),
  RealDiv: binary("RealDiv"),
  Sub: binary("Sub"),
  Max: reduction("Max", "reductionIndices"),
  Mean: reduction("Mean", "axis"),
  Sum: reduction("Sum", "axis"),
  LeakyRelu: (tf, call) => tf.op("LeakyRelu", [call.operand("x")], { alpha: float(call.number("alpha")) }),
  ClipByValue(tf, call) {
    const capped = tf.op("Minimum", [call.operand("x"), tf.scalar(call.number("clipValueMax"))]);
    return tf.op("Maximum", [capped, tf.scalar(call.number("clipValueMin"))]);
  },
  Softmax: (tf, call) => tf.op("Softmax", [call.operand("logits")]),
  _FusedMatMul(tf, call) {
    const transpositions = { adj_x: bool(call.flag("transposeA")), adj_y: bool(call.flag("transposeB")) };
    return finished(tf, call, tf.op("BatchMatMulV2", [call.operand("a"), call.operand("b")], transpositions));
  },
  Concat: (tf, call) =>
    call.list.length === 1
      ? tf.op("Identity", call.list)
      : tf.op("ConcatV2", [...call.list, tf.ints([call.number("axis")], [])], {
          N: int(call.list.length),
          Tidx: dtype("int32"),
        }),
  PadV2: (tf, call) => padded(tf, call.operand("x"), call.paddings("paddings"), call.number("constantValue")),
  Reverse: (tf, call) =>
    tf.op("ReverseV2", [call.operand("x"), tf.ints(call.numbers("dims"))], { Tidx: dtype("int32") }),
  Slice: (tf, call) =>
    tf.op("Slice", [call.operand("x"), tf.ints(call.numbers("begin")), tf.ints(call.numbers("size"))], INDEX),
  StridedSlice: (tf, call) =>
    tf.op(
      "StridedSlice",
      [call.operand("x"), ...["begin", "end", "strides"].map((name) => tf.ints(call.numbers(name)))],
      INDEX,
    ),
  Tile: (tf, call) => tf.op("Tile", [call.operand("x"), tf.ints(call.numbers("reps"))], { Tmultiples: dtype("int32") }),
  Transpose: (tf, call) =>
    tf.op("Transpose", [call.operand("x"), tf.ints(call.numbers("perm"))], { Tperm: dtype("int32") }),
};
