import type { Shape } from "@isoconv/core-spec";
import { describe, expect, it } from "vitest";
import {
  adaptiveAvgPool2d,
  avgPool2d,
  batchNorm2d,
  conv2d,
  convTranspose2d,
  layerNorm,
  lazyLinear,
  linear,
  localResponseNorm,
  maxPool2d,
  permute,
  softmax,
  trace,
  upsample,
  type Module,
} from "../index.js";

function build(module: Module, shape: Shape = ["N", 4, 9, 10]): void {
  trace(module, { name: "layer", input: { shape } });
}

describe("refusals", () => {
  it.each<[string, Module, RegExp]>([
    [
      "same with a stride",
      conv2d(4, 6, { kernelSize: 3, padding: "same", stride: [1, 2] }),
      /INVALID_ATTRIBUTE: conv2d padding: "same" is not defined/,
    ],
    [
      "groups of inputs",
      conv2d(4, 6, { kernelSize: 1, groups: 3 }),
      /INVALID_ATTRIBUTE: conv2d inChannels: groups do not divide.*a multiple of 3, got 4/,
    ],
    ["groups of outputs", conv2d(4, 6, { kernelSize: 1, groups: 4 }), /INVALID_ATTRIBUTE: conv2d outChannels/],
    ["no kernel", conv2d(4, 6, { kernelSize: 0 }), /INVALID_ATTRIBUTE: conv2d kernelSize\[0\]/],
    ["no stride", maxPool2d({ kernelSize: 2, stride: 0, ceilMode: true }), /INVALID_ATTRIBUTE: maxPool2d stride\[0\]/],
    ["half an output", linear(10, 2.5), /INVALID_ATTRIBUTE: linear outFeatures/],
    ["other channels", conv2d(3, 6, { kernelSize: 1 }), /INVALID_SHAPE: conv2d "layer" inputs.w: input channels/],
    ["other features", batchNorm2d(3), /INVALID_SHAPE: batchNorm "layer"/],
    ["another extent", layerNorm(4), /INVALID_SHAPE: layerNorm "layer" inputs.scale/],
    ["no features", layerNorm(0), /INVALID_ATTRIBUTE: layerNorm features/],
    ["a norm of no axis", layerNorm(4, { axis: 4 }), /INVALID_ATTRIBUTE: layerNorm axis: axis outside the operand/],
    ["a norm without ε", layerNorm(10, { eps: 0 }), /INVALID_ATTRIBUTE: layerNorm "layer" attrs.epsilon/],
    ["an axis named twice", permute([0, 1, 1, 2]), /INVALID_ATTRIBUTE: transpose "layer" attrs.permutation/],
    ["an axis that is not there", permute([0, 1, 4, 2]), /INVALID_ATTRIBUTE: transpose dims\[2\]/],
    ["a large kernel", conv2d(4, 6, { kernelSize: 11 }), /INVALID_SHAPE.*kernel is larger/],
    [
      "max pool padding",
      maxPool2d({ kernelSize: 3, padding: 2 }),
      /INVALID_ATTRIBUTE: maxPool2d padding: padding exceeds half the kernel; expected at most 1 for a kernel of 3, got 2/,
    ],
    ["average pool padding", avgPool2d({ kernelSize: [4, 2], padding: 2 }), /INVALID_ATTRIBUTE: avgPool2d padding/],
    ["an even LRN window", localResponseNorm(4), /UNSUPPORTED: lrn size/],
    ["an axis out of range", softmax(-5), /INVALID_ATTRIBUTE: softmax dim: axis outside the operand/],
    ["an adaptive size of 0", adaptiveAvgPool2d(0), /INVALID_ATTRIBUTE: adaptiveAvgPool2d outputSize/],
    ["a fraction upsampled", upsample({ scaleFactor: 1.5 }), /INVALID_ATTRIBUTE: upsample scaleFactor/],
    [
      "output padding",
      convTranspose2d(4, 6, { kernelSize: 1, outputPadding: 1 }),
      /INVALID_SHAPE: convTranspose2d "layer"/,
    ],
  ])("%s", (_name, module, message) => {
    expect(() => build(module)).toThrow(message);
  });

  it("a pool of vectors", () => {
    expect(() => build(maxPool2d({ kernelSize: 2 }), ["N", 4])).toThrow(/INVALID_SHAPE: maxPool2d inputs.x/);
    expect(() => build(lazyLinear(2), ["N"])).toThrow(/INVALID_SHAPE: linear inputs.x: the feature axis/);
  });
});
