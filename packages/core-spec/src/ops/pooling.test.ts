import { expect, test } from "vitest";
import { averageGrowth, rounded, selection } from "../accuracy.js";
import { graphCost } from "../cost.js";
import { accuracyOf, infers, oneNode, refuses } from "../op-cases.test.support.js";
import type { Shape } from "../shape.js";

const x: Shape = ["N", 3, 8, 8];

infers("maxPool2d", [
  ["strides default to 1", { x }, { kernel: [2, 2] }, ["N", 3, 7, 7]],
  [
    "ResNet's k3 s2 p1 halves 112",
    { x: ["N", 64, 112, 112] },
    { kernel: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] },
    ["N", 64, 56, 56],
  ],
  ["AlexNet's k3 s2 turns 55 into 27", { x: [1, 64, 55, 55] }, { kernel: [3, 3], strides: [2, 2] }, [1, 64, 27, 27]],
  ["dilation 2 reaches over five rows", { x }, { kernel: [3, 3], dilations: [2, 2] }, ["N", 3, 4, 4]],
  [
    "explicit pads give PyTorch's ceil: 5, k2, s2, p1 gives 3",
    { x: [1, 1, 5, 5] },
    { kernel: [2, 2], strides: [2, 2], pads: [1, 1, 1, 1] },
    [1, 1, 3, 3],
  ],
]);

infers("avgPool2d", [
  ["k2 s2 halves", { x }, { kernel: [2, 2], strides: [2, 2] }, ["N", 3, 4, 4]],
  ["pads are top, left, bottom, right", { x }, { kernel: [3, 2], pads: [1, 0, 0, 1] }, ["N", 3, 7, 8]],
  ["an empty batch", { x: [0, 3, 8, 8] }, { kernel: [8, 8] }, [0, 3, 1, 1]],
]);

infers("globalAvgPool2d", [["keeps rank 4", { x }, {}, ["N", 3, 1, 1]]]);

infers("adaptiveAvgPool2d", [
  ["a size that divides", { x }, { outputSize: [4, 2] }, ["N", 3, 4, 2]],
  ["a size that does not divide", { x }, { outputSize: [3, 5] }, ["N", 3, 3, 5]],
  ["VGG's 7×7 of a smaller input enlarges", { x: [1, 512, 2, 2] }, { outputSize: [7, 7] }, [1, 512, 7, 7]],
]);

const window = { kernel: [3, 3] };
for (const op of ["maxPool2d", "avgPool2d"] as const) {
  refuses(op, [
    ["a missing kernel", { x }, {}, "INVALID_ATTRIBUTE", "attrs.kernel"],
    ["a kernel larger than the padded input", { x: [1, 1, 8, 2] }, window, "INVALID_SHAPE", "inputs.x"],
    ["a first window in the padding", { x }, { ...window, pads: [3, 0, 0, 0] }, "INVALID_SHAPE", "inputs.x"],
    ["a last window in the padding", { x }, { ...window, pads: [0, 0, 3, 0] }, "INVALID_SHAPE", "inputs.x"],
    ["an image of rank 3", { x: [3, 8, 8] }, window, "INVALID_SHAPE", "inputs.x"],
    ["an image without channels", { x: [1, 0, 8, 8] }, window, "INVALID_SHAPE", "inputs.x"],
  ]);
}
refuses("maxPool2d", [
  [
    "taps that straddle the input",
    { x: [1, 1, 1, 1] },
    { kernel: [2, 2], pads: [1, 1, 1, 1], dilations: [2, 2] },
    "INVALID_SHAPE",
    "inputs.x",
  ],
]);
refuses("avgPool2d", [["dilations", { x }, { ...window, dilations: [2, 2] }, "INVALID_ATTRIBUTE", "attrs.dilations"]]);
refuses("globalAvgPool2d", [["a matrix", { x: ["N", 3] }, {}, "INVALID_SHAPE", "inputs.x"]]);
refuses("adaptiveAvgPool2d", [
  ["an output without rows", { x }, { outputSize: [0, 1] }, "INVALID_ATTRIBUTE", "attrs.outputSize[0]"],
  ["an image without columns", { x: [1, 3, 8, 0] }, { outputSize: [1, 1] }, "INVALID_SHAPE", "inputs.x"],
]);

test("pools cost no multiply-adds", () => {
  expect(graphCost(oneNode("avgPool2d", { x }, { kernel: [2, 2] })).macs).toBe(0);
});

test("maxPool2d selects; the averages round as their longest window does", () => {
  const averageOf = (value: number, count: number): unknown => rounded({ value, magnitude: averageGrowth(count) });
  expect(accuracyOf("maxPool2d", { x }, { kernel: [2, 2] })).toEqual(selection);
  expect(accuracyOf("avgPool2d", { x }, { kernel: [2, 3] })).toEqual(averageOf(2, 6));
  expect(accuracyOf("globalAvgPool2d", { x }, {})).toEqual(averageOf(2, 64));
  // floor(1·8/3) = 2 to ceil(2·8/3) = 6 is four rows; the rule may assume one more than ceil(8/3).
  expect(accuracyOf("adaptiveAvgPool2d", { x }, { outputSize: [3, 8] })).toEqual(averageOf(4, 4 * 2));
  expect(accuracyOf("adaptiveAvgPool2d", { x }, { outputSize: [1, 1] })).toEqual(averageOf(4, 64));
});
