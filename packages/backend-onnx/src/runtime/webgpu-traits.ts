import type { Traits } from "./backend.js";

/** What the WebGPU provider's kernels are, on any device: WGSL promises neither NaN and ∞ nor subnormals. */
export const webgpuTraits: Traits = {
  device: "gpu",
  arithmetic: "f32",
  convAlgorithm: "direct",
  nonFinite: "indeterminate",
  subnormals: "flushed",
};

/** In its other layout, NHWC, the provider's convolutions give garbage for 6 channels in and 4 out at stride 2. */
export const webgpuProvider = { name: "webgpu", preferredLayout: "NCHW" } as const;
