import { roundToHalf } from "@isoconv/judge";
import {
  conv2dBefore,
  conv2dWith,
  correct,
  declared,
  faultOf,
  halfDot,
  linearWith,
  mapElements,
  mapKernels,
  roundToTf32,
} from "@isoconv/conformance/faults";
import { f4x4, winogradConv2d } from "./winograd.js";

const SMALLEST_NORMAL = 2 ** -126;

export const undeclaredTf32 = faultOf(
  {
    name: "undeclared-tf32",
    bug: "conv2d rounds its inputs to TensorFloat-32, but the backend declares f32. TF32 is the default of TensorFlow and ONNX Runtime on CUDA.",
    killedBy: ["probe"],
    ops: ["conv2d"],
  },
  () => ({
    kernels: {
      conv2d: conv2dBefore(({ x, w, ...inputs }) => ({
        inputs: { ...inputs, x: mapElements(x, roundToTf32), w: mapElements(w, roundToTf32) },
      })),
    },
  }),
);

export const undeclaredTf32Linear = faultOf(
  {
    name: "undeclared-tf32-linear",
    bug: "linear rounds its inputs to TensorFloat-32: TF32 was switched off for convolutions but not for matrix products.",
    killedBy: ["matrix", "property", "special"],
    ops: ["linear"],
  },
  () => ({
    kernels: {
      linear: ({ x, w, ...inputs }, attrs, site) =>
        correct.linear({ ...inputs, x: mapElements(x, roundToTf32), w: mapElements(w, roundToTf32) }, attrs, site),
    },
  }),
);

export const undeclaredHalfOutput = faultOf(
  {
    name: "undeclared-half-output",
    bug: "Every result is stored in half precision, as on a device without float32 textures.",
    killedBy: ["probe", "matrix"],
    ops: [],
  },
  () => ({ kernels: mapKernels(correct, (value) => mapElements(value, roundToHalf)) }),
);

export const halfAccumulator = faultOf(
  {
    name: "half-accumulator",
    bug: "conv2d and linear add in half precision, like WebGPU shaders with `f16` sums.",
    killedBy: ["probe"],
    ops: ["conv2d", "linear"],
  },
  () => ({ kernels: { conv2d: conv2dWith(halfDot), linear: linearWith(halfDot) } }),
);

export const undeclaredWinograd = faultOf(
  {
    name: "undeclared-winograd",
    bug: "3×3 convolutions run as Winograd F(4×4) but `direct` is declared. cuDNN may choose Winograd by default.",
    killedBy: ["exact", "special"],
    ops: ["conv2d"],
  },
  () => ({ kernels: { conv2d: winogradConv2d(f4x4) } }),
);

export const undeclaredFlush = faultOf(
  {
    name: "undeclared-flush",
    bug: "Subnormal results become 0 but `kept` is declared: a library has set the processor's flush-to-zero mode.",
    killedBy: ["probe", "special"],
    ops: [],
  },
  () => ({
    kernels: mapKernels(correct, (value) =>
      mapElements(value, (element) => (element !== 0 && Math.abs(element) < SMALLEST_NORMAL ? 0 : element)),
    ),
  }),
);

export const infinityClamped = faultOf(
  {
    name: "infinity-clamped",
    bug: "Results of add and mul saturate at the largest number: fast-math assumes that ∞ does not occur.",
    killedBy: ["special"],
    ops: ["add", "mul"],
  },
  () => {
    const largest = (2 - 2 ** -23) * 2 ** 127;
    const { add, mul } = correct;
    const clamp = (value: ReturnType<typeof add>): ReturnType<typeof add> =>
      mapElements(value, (element) => Math.min(Math.max(element, -largest), largest));
    return {
      kernels: {
        add: (inputs, attrs, site) => clamp(add(inputs, attrs, site)),
        mul: (inputs, attrs, site) => clamp(mul(inputs, attrs, site)),
      },
      capabilities: declared,
    };
  },
);
