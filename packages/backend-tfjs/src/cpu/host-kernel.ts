import type { KernelBackend } from "@tensorflow/tfjs-core";
import { kernelCall, operandsOf, type KernelCall } from "../kernel-call.js";
import { float32Of, type Kernel } from "../runtime.js";

/** An array in row-major order. */
export interface HostArray {
  readonly values: Float32Array;
  readonly shape: number[];
}

/** A TensorFlow.js kernel as a function of arrays. The result is a new array. */
export type HostKernel = (call: KernelCall<HostArray>) => HostArray;

/** The kernel on buffers of TensorFlow.js's backend `cpu`. */
export function onCpu(backend: KernelBackend, kernel: HostKernel): Kernel {
  const arrayOf = (dataId: object, shape: number[]): HostArray => ({
    values: float32Of(backend.readSync(dataId)),
    shape,
  });
  return {
    kernelFunc({ inputs, attrs = {} }) {
      const { values, shape } = kernel(kernelCall(operandsOf(inputs, arrayOf), attrs));
      return { dataId: backend.write(values, shape, "float32"), shape, dtype: "float32" };
    },
  };
}
