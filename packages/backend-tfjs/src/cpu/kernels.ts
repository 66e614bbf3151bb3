import type { KernelBackend } from "@tensorflow/tfjs-core";
import type { Kernel } from "../runtime.js";
import { arithmetic } from "./arithmetic.js";
import { onCpu, type HostKernel } from "./host-kernel.js";
import { movements } from "./movement.js";

/**
 * Kernels that replace TensorFlow.js's in this adapter; they are not registered, so the program's own use of
 * TensorFlow.js is unchanged. The results have the same bits. TensorFlow.js's kernels compute the indices of each
 * element in small arrays, which takes many times as long as moving the element.
 */
const hostKernels: Readonly<Record<string, HostKernel>> = { ...movements, ...arithmetic };

/** The adapter's own kernel of that name; `undefined` where TensorFlow.js's is used. */
export function cpuKernel(backend: KernelBackend, name: string): Kernel | undefined {
  const kernel = hostKernels[name];
  return kernel === undefined ? undefined : onCpu(backend, kernel);
}
