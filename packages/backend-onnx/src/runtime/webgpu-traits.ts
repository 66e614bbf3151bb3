import type { Traits } from "./backend.js";

/** The traits of the WebGPU provider's kernels on any device: WGSL guarantees neither NaN and ∞ nor subnormals. */
export const webgpuTraits: Traits = {
  device: "gpu",
  arithmetic: "f32",
  convAlgorithm: "direct",
  nonFinite: "indeterminate",
  subnormals: "flushed",
};

/** In the provider's other layout, NHWC, convolutions return garbage for 6 channels in and 4 out at stride 2. */
export const webgpuProvider = { name: "webgpu", preferredLayout: "NCHW" } as const;
