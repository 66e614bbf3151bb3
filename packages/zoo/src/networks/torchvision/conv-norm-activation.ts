import { batchNorm2d, conv2d, sequential, type Module } from "@isoconv/nn";
import { sameConv2d } from "../tensorflow/same-conv2d.js";

export interface ConvNormOptions {
  /** Odd. */
  readonly kernelSize: number;
  readonly stride?: number;
  readonly groups?: number;
  /** ε of the batch norm; PyTorch's 1e-5 by default. */
  readonly eps?: number;
  /**
   * `symmetric`, the default, is half of the kernel's size (rounded down) on each side, which keeps the image's size at stride 1;
   * `same` is TensorFlow's, which differs at other strides.
   */
  readonly padding?: "symmetric" | "same";
}

/** torchvision's `Conv2dNormActivation`: a convolution without bias, batch norm, and a nonlinearity if there is one. */
export function convNormActivation(
  inChannels: number,
  outChannels: number,
  { eps = 1e-5, padding = "symmetric", ...window }: ConvNormOptions,
  activation?: Module,
): Module {
  const symmetric = { ...window, padding: (window.kernelSize - 1) / 2, bias: false };
  return sequential([
    padding === "same" ? sameConv2d(inChannels, outChannels, window) : conv2d(inChannels, outChannels, symmetric),
    batchNorm2d(outChannels, { eps }),
    ...(activation === undefined ? [] : [activation]),
  ]);
}
