import { expect, test } from "vitest";
import { dotProduct } from "../accuracy.js";
import { graphCost } from "../cost.js";
import { accuracyOf, infers, oneNode, refuses } from "../op-cases.test.support.js";
import type { Shape } from "../shape.js";

const x: Shape = ["N", 4, 4, 4];
const w: Shape = [4, 3, 3, 3];

infers("convTranspose2d", [
  ["stride 1 adds the kernel's reach", { x, w }, {}, ["N", 3, 6, 6]],
  ["DCGAN's k4 s2 p1 doubles", { x, w: [4, 3, 4, 4] }, { strides: [2, 2], pads: [1, 1, 1, 1] }, ["N", 3, 8, 8]],
  [
    "k3 s2 p1 with output padding 1 doubles",
    { x, w },
    { strides: [2, 2], pads: [1, 1, 1, 1], outputPads: [1, 1] },
    ["N", 3, 8, 8],
  ],
  [
    "FCN's k64 s32 p16 turns 7 into 224",
    { x: [1, 21, 7, 7], w: [21, 21, 64, 64] },
    { strides: [32, 32], pads: [16, 16, 16, 16] },
    [1, 21, 224, 224],
  ],
  ["dilation widens the reach", { x, w }, { dilations: [2, 1] }, ["N", 3, 8, 6]],
  ["output padding may stay below the dilation", { x, w }, { dilations: [2, 2], outputPads: [1, 0] }, ["N", 3, 9, 8]],
  [
    "height and width are told apart",
    { x: [1, 4, 3, 5], w: [4, 3, 2, 5] },
    { strides: [3, 1], outputPads: [2, 0], dilations: [1, 2] },
    [1, 3, 10, 13],
  ],
  ["pads crop top, left, bottom and right", { x, w }, { pads: [1, 0, 0, 2] }, ["N", 3, 5, 4]],
  ["groups multiply the output channels", { x, w: [4, 3, 1, 1], bias: [6] }, { groups: 2 }, ["N", 6, 4, 4]],
  ["an empty batch", { x: [0, 4, 4, 4], w }, {}, [0, 3, 6, 6]],
]);

refuses("convTranspose2d", [
  ["input channels that differ", { x, w: [5, 3, 3, 3] }, {}, "INVALID_SHAPE", "inputs.w"],
  ["groups that do not divide the channels", { x, w }, { groups: 3 }, "INVALID_SHAPE", "attrs.groups"],
  ["a bias of one group's length", { x, w, bias: [3] }, { groups: 2 }, "INVALID_SHAPE", "inputs.bias"],
  [
    "output padding as large as stride and dilation",
    { x, w },
    { strides: [2, 1], outputPads: [0, 1] },
    "INVALID_SHAPE",
    "attrs.outputPads[1]",
  ],
  ["pads that leave nothing", { x, w }, { pads: [3, 0, 3, 0] }, "INVALID_SHAPE", "attrs.pads"],
  ["an image of rank 3", { x: [4, 4, 4], w }, {}, "INVALID_SHAPE", "inputs.x"],
  ["filters of rank 2", { x, w: [4, 3] }, {}, "INVALID_SHAPE", "inputs.w"],
  ["a result no runtime can hold", { x, w }, { strides: [65_535, 65_535] }, "INVALID_SHAPE", "shape"],
]);

test("convTranspose2d: each input element meets every tap of its group's filters", () => {
  expect(graphCost(oneNode("convTranspose2d", { x, w }, {}), 2).macs).toBe(2 * 4 * 4 * 4 * 3 * 9);
});

test("convTranspose2d: the error grows with the most terms an output can have", () => {
  expect(accuracyOf("convTranspose2d", { x, w }, {})).toEqual(dotProduct(4 * 9));
  expect(accuracyOf("convTranspose2d", { x, w, bias: [6] }, { groups: 2 })).toEqual(dotProduct(2 * 9 + 1));
});
