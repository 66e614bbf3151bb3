import { batchNorm2d, conv2d, sequential, type Module } from "@isoconv/nn";

export interface ConvNormOptions {
  /** Odd; the padding is half of it (rounded down), which keeps the image's size at stride 1. */
  readonly kernelSize: number;
  readonly stride?: number;
  readonly groups?: number;
  /** ε of the batch norm; PyTorch's 1e-5 by default. */
  readonly eps?: number;
}

/** torchvision's `Conv2dNormActivation`: a convolution without bias, batch norm, and a nonlinearity if there is one. */
export function convNormActivation(
  inChannels: number,
  outChannels: number,
  { eps = 1e-5, ...window }: ConvNormOptions,
  activation?: Module,
): Module {
  return sequential([
    conv2d(inChannels, outChannels, { ...window, padding: (window.kernelSize - 1) / 2, bias: false }),
    batchNorm2d(outChannels, { eps }),
    ...(activation === undefined ? [] : [activation]),
  ]);
}
