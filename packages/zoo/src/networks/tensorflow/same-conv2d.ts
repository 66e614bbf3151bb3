import { IsoconvError } from "@isoconv/core-spec";
import { samePads, type Module } from "@isoconv/nn";

export interface SameConv2dOptions {
  readonly kernelSize: number;
  readonly stride?: number;
  readonly groups?: number;
}

/**
 * TensorFlow's convolution with `padding="SAME"`, without bias: `[N, in, H, W]` → `[N, out, ⌈H / stride⌉, ⌈W / stride⌉]`. An odd row
 * or column of zeros goes to the bottom or right, which no padding of PyTorch's `Conv2d` does. The pads depend on the image's size.
 */
export function sameConv2d(
  inChannels: number,
  outChannels: number,
  { kernelSize, stride = 1, groups = 1 }: SameConv2dOptions,
): Module {
  return (scope, x) => {
    const [, , height, width] = x.shape;
    if (typeof height !== "number" || typeof width !== "number") {
      throw new IsoconvError("INVALID_SHAPE", { node: scope.path, what: "not images", received: x.shape });
    }
    const strides = [stride, stride] as const;
    const pads = samePads([height, width], { kernel: [kernelSize, kernelSize], strides, dilations: [1, 1] });
    const shape = [outChannels, inChannels / groups, kernelSize, kernelSize];
    const w = scope.parameter("weight", { shape, kind: "weight" });
    return scope.graph.conv2d({ x, w }, { strides, pads, groups }, scope.nodeName());
  };
}
