import { expect, test } from "vitest";
import { dotProduct } from "../accuracy.js";
import { graphCost } from "../cost.js";
import { accuracyOf, infers, oneNode, refuses } from "../op-cases.test.support.js";
import type { Shape } from "../shape.js";

const x: Shape = ["N", 6];
const w: Shape = [4, 6];

infers("linear", [
  ["weights are (out, in)", { x, w }, {}, ["N", 4]],
  ["with a bias and an activation", { x, w, bias: [4] }, { activation: "relu6" }, ["N", 4]],
  ["the last axis of any rank", { x: ["N", 5, 7, 6], w }, {}, ["N", 5, 7, 4]],
  ["an empty batch", { x: [0, 6], w }, {}, [0, 4]],
]);

refuses("linear", [
  ["features that differ", { x, w: [6, 4] }, {}, "INVALID_SHAPE", "inputs.w"],
  ["a bias of another length", { x, w, bias: [6] }, {}, "INVALID_SHAPE", "inputs.bias"],
  ["a vector", { x: [6], w }, {}, "INVALID_SHAPE", "inputs.x"],
  ["weights of rank 4", { x, w: [4, 6, 1, 1] }, {}, "INVALID_SHAPE", "inputs.w"],
  ["weights without rows", { x, w: [0, 6] }, {}, "INVALID_SHAPE", "inputs.w"],
  ["an unknown activation", { x, w }, { activation: "gelu" }, "INVALID_ATTRIBUTE", "attrs.activation"],
]);

test("linear: every output costs one multiply-add a feature", () => {
  expect(graphCost(oneNode("linear", { x: ["N", 5, 6], w }, {}), 3).macs).toBe(3 * 5 * 4 * 6);
});

test("linear: the error grows with the features, and the bias", () => {
  expect(accuracyOf("linear", { x, w }, {})).toEqual(dotProduct(6));
  expect(accuracyOf("linear", { x, w, bias: [4] }, {})).toEqual(dotProduct(7));
});
