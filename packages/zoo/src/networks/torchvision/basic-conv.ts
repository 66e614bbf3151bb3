import { batchNorm2d, conv2d, relu, sequential, type Conv2dOptions, type Module } from "@isoconv/nn";

/** torchvision's `BasicConv2d` of its Inception networks: no bias, batch norm with ε = 0.001, ReLU. */
export function basicConv(inChannels: number, outChannels: number, window: Conv2dOptions): Module {
  return sequential({
    conv: conv2d(inChannels, outChannels, { ...window, bias: false }),
    bn: batchNorm2d(outChannels, { eps: 0.001 }),
    relu: relu(),
  });
}
