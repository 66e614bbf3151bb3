import { expect, test } from "vitest";
import { dotProduct } from "../accuracy.js";
import { graphCost } from "../cost.js";
import { accuracyOf, infers, oneNode, refuses } from "../op-cases.test.support.js";
import type { Shape } from "../shape.js";

const x: Shape = ["N", 3, 8, 8];
const w: Shape = [4, 3, 3, 3];

infers("conv2d", [
  ["3×3 without padding loses two rows", { x, w }, {}, ["N", 4, 6, 6]],
  ["3×3 with padding 1 keeps the size", { x, w }, { pads: [1, 1, 1, 1] }, ["N", 4, 8, 8]],
  ["stride 2, padding 1 halves an even size", { x, w }, { strides: [2, 2], pads: [1, 1, 1, 1] }, ["N", 4, 4, 4]],
  [
    "ResNet's stem gives 112",
    { x: ["N", 3, 224, 224], w: [64, 3, 7, 7] },
    { strides: [2, 2], pads: [3, 3, 3, 3] },
    ["N", 64, 112, 112],
  ],
  [
    "AlexNet's stem gives 55",
    { x: ["N", 3, 224, 224], w: [64, 3, 11, 11] },
    { strides: [4, 4], pads: [2, 2, 2, 2] },
    ["N", 64, 55, 55],
  ],
  ["1×1 with stride 2 rounds up", { x: [1, 3, 7, 7], w: [4, 3, 1, 1] }, { strides: [2, 2] }, [1, 4, 4, 4]],
  ["dilation 2 reaches over five rows", { x: [1, 3, 7, 7], w }, { dilations: [2, 2] }, [1, 4, 3, 3]],
  ["stride and dilation together", { x: [1, 3, 9, 9], w }, { dilations: [2, 2], strides: [2, 2] }, [1, 4, 3, 3]],
  ["pads are top, left, bottom, right", { x: [1, 3, 5, 5], w }, { pads: [1, 0, 0, 2] }, [1, 4, 4, 5]],
  ["height and width are told apart", { x: [1, 3, 5, 9], w: [4, 3, 1, 7] }, { strides: [2, 1] }, [1, 4, 3, 3]],
  ["depthwise with multiplier 2", { x: [2, 4, 5, 5], w: [8, 1, 3, 3] }, { groups: 4 }, [2, 8, 3, 3]],
  ["a kernel exactly as large as the input", { x: [1, 3, 3, 3], w }, {}, [1, 4, 1, 1]],
  [
    "a dilated window whose outer taps are in the padding",
    { x: [1, 3, 1, 1], w },
    { pads: [9, 9, 9, 9], dilations: [9, 9] },
    [1, 4, 1, 1],
  ],
  [
    "taps that straddle a small input",
    { x: [1, 3, 1, 1], w: [4, 3, 2, 2] },
    { pads: [1, 1, 1, 1], dilations: [2, 2] },
    [1, 4, 1, 1],
  ],
  ["windows in the padding", { x, w: [4, 3, 1, 1] }, { pads: [1, 0, 0, 3] }, ["N", 4, 9, 11]],
  ["an empty batch", { x: [0, 3, 8, 8], w, bias: [4] }, {}, [0, 4, 6, 6]],
]);

refuses("conv2d", [
  ["input channels that differ", { x, w: [4, 2, 3, 3] }, {}, "INVALID_SHAPE", "inputs.w"],
  ["groups that do not divide the input channels", { x, w: [4, 1, 3, 3] }, { groups: 2 }, "INVALID_SHAPE", "inputs.w"],
  [
    "groups that do not divide the output channels",
    { x, w: [4, 1, 3, 3] },
    { groups: 3 },
    "INVALID_SHAPE",
    "attrs.groups",
  ],
  ["a bias of another length", { x, w, bias: [3] }, {}, "INVALID_SHAPE", "inputs.bias"],
  ["a bias that is no vector", { x, w, bias: [4, 1, 1] }, {}, "INVALID_SHAPE", "inputs.bias"],
  ["a kernel larger than the padded input", { x: [1, 3, 2, 8], w }, {}, "INVALID_SHAPE", "inputs.x"],
  ["a dilated kernel larger than the padded input", { x, w }, { dilations: [1, 4] }, "INVALID_SHAPE", "inputs.x"],
  ["an image without batch", { x: [3, 8, 8], w }, {}, "INVALID_SHAPE", "inputs.x"],
  ["an image without rows", { x: [1, 3, 0, 8], w }, {}, "INVALID_SHAPE", "inputs.x"],
  ["filters without columns", { x, w: [4, 3, 3, 0] }, {}, "INVALID_SHAPE", "inputs.w"],
  ["filters of rank 3", { x, w: [4, 3, 3] }, {}, "INVALID_SHAPE", "inputs.w"],
  ["filters with a symbolic extent", { x, w: ["N", 3, 3, 3] }, {}, "INVALID_SHAPE", "inputs.w"],
  ["missing filters", { x }, {}, "INVALID_GRAPH", "inputs.w"],
  ["an operand it does not have", { x, w, b: [4] }, {}, "INVALID_GRAPH", "inputs.b"],
  ["an attribute it does not have", { x, w }, { stride: [2, 2] }, "INVALID_ATTRIBUTE", "attrs.stride"],
  ["a stride of 0", { x, w }, { strides: [1, 0] }, "INVALID_ATTRIBUTE", "attrs.strides[1]"],
]);

test("conv2d: AlexNet's first layer costs 70 276 800 multiply-adds an image", () => {
  const graph = oneNode(
    "conv2d",
    { x: ["N", 3, 224, 224], w: [64, 3, 11, 11] },
    { strides: [4, 4], pads: [2, 2, 2, 2] },
  );
  expect([0, 1, 2].map((batch) => graphCost(graph, batch).macs)).toEqual([0, 70_276_800, 140_553_600]);
});

test("conv2d: a grouped filter multiplies the channels of its group only", () => {
  const graph = oneNode("conv2d", { x: [1, 4, 5, 5], w: [8, 1, 3, 3] }, { groups: 4 });
  expect(graphCost(graph).macs).toBe(8 * 3 * 3 * 9);
});

test("conv2d: the error grows with the terms of one output, the bias among them", () => {
  expect(accuracyOf("conv2d", { x, w }, {})).toEqual(dotProduct(27));
  expect(accuracyOf("conv2d", { x, w, bias: [4] }, {})).toEqual(dotProduct(28));
  expect(accuracyOf("conv2d", { x: [1, 4, 5, 5], w: [8, 1, 3, 3] }, { groups: 4 })).toEqual(dotProduct(9));
});
