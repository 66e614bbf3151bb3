/**
 * Squeeze and excitation: a block weights its channels by statistics of the whole image. The image's mean (squeeze)
 * goes through two 1×1 convolutions, the first to few channels, and a gate in [0, 1] scales each channel (excitation).
 *
 * Hu, Shen, Albanie, Sun and Wu, Squeeze-and-excitation networks (2017), with torchvision's names.
 */
import { adaptiveAvgPool2d, conv2d, type Module } from "@isoconv/nn";

export interface SqueezeExcitationOptions {
  /** Channels between the two convolutions. */
  readonly squeezed: number;
  readonly activation: Module;
  readonly gate: Module;
}

export function squeezeExcitation(channels: number, { squeezed, activation, gate }: SqueezeExcitationOptions): Module {
  return (scope, x) => {
    let scale = scope.call("avgpool", adaptiveAvgPool2d(1), x);
    scale = scope.call("fc1", conv2d(channels, squeezed, { kernelSize: 1 }), scale);
    scale = scope.call("activation", activation, scale);
    scale = scope.call("fc2", conv2d(squeezed, channels, { kernelSize: 1 }), scale);
    scale = scope.call("scale_activation", gate, scale);
    return scope.graph.mul({ a: scale, b: x }, {}, scope.nodeName("mul"));
  };
}
