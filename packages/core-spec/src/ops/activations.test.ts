import { expect, test } from "vitest";
import { exact, rounded, selection, type AccuracyRule } from "../accuracy.js";
import { graphCost } from "../cost.js";
import { accuracyOf, infers, oneNode, refuses } from "../op-cases.test.support.js";
import type { Shape } from "../shape.js";

type Unary =
  | "relu"
  | "clip"
  | "dropout"
  | "leakyRelu"
  | "elu"
  | "sigmoid"
  | "hardSigmoid"
  | "tanh"
  | "silu"
  | "hardSwish"
  | "gelu";

const rules: readonly (readonly [op: Unary, rule: AccuracyRule])[] = [
  ["relu", selection],
  ["clip", selection],
  ["dropout", exact],
  ["leakyRelu", rounded({ value: 2 })],
  ["elu", rounded({ value: 8, absolute: 4 })],
  ["sigmoid", rounded({ value: 32, absolute: 4 })],
  ["hardSigmoid", rounded({ magnitude: 4 })],
  ["tanh", rounded({ value: 16, absolute: 8 })],
  ["silu", rounded({ value: 34, magnitude: 4 })],
  ["hardSwish", rounded({ magnitude: 6 })],
  ["gelu", rounded({ value: 8, magnitude: 16 })],
];
const shapes: readonly Shape[] = [["N", 3, 8, 8], [2, 10], [7], [], [0, 3], ["N"]];

test.each(rules)("%s keeps any shape and costs no multiply-adds", (op) => {
  for (const x of shapes) expect(oneNode(op, { x }, {}).nodes[0].shape).toEqual(x);
  expect(graphCost(oneNode(op, { x: [2, 10] }, {})).macs).toBe(0);
});

test.each(rules)("%s has the accuracy rule written in the design", (op, rule) => {
  expect(accuracyOf(op, { x: ["N", 10] }, {})).toEqual(rule);
});

for (const [op] of rules) {
  refuses(op, [
    ["a missing operand", {}, {}, "INVALID_GRAPH", "inputs.x"],
    ["an unknown attribute", { x: [1] }, { inplace: true }, "INVALID_ATTRIBUTE", "attrs.inplace"],
  ]);
}

infers("clip", [
  ["takes limits that are equal", { x: [1] }, { min: 2, max: 2 }, [1]],
  ["takes one limit", { x: [1] }, { max: 6 }, [1]],
]);
refuses("clip", [
  ["min above max", { x: [1] }, { min: 7, max: 6 }, "INVALID_ATTRIBUTE", "attrs.min"],
  ["NaN", { x: [1] }, { max: NaN }, "INVALID_ATTRIBUTE", "attrs.max"],
]);
refuses("dropout", [["a probability above 1", { x: [1] }, { p: 1.5 }, "INVALID_ATTRIBUTE", "attrs.p"]]);

test("elu's error does not shrink below its limit's", () => {
  expect(accuracyOf("elu", { x: [1] }, { alpha: -3 })).toEqual(rounded({ value: 8, absolute: 12 }));
});

infers("prelu", [
  ["takes a slope for each channel", { x: ["N", 3, 8, 5], slope: [3] }, {}, ["N", 3, 8, 5]],
  ["takes a slope for each feature", { x: [2, 10], slope: [10] }, {}, [2, 10]],
  ["takes one slope", { x: ["N", 3, 8, 8], slope: [1] }, {}, ["N", 3, 8, 8]],
  ["takes one slope without an axis 1", { x: ["N"], slope: [1] }, {}, ["N"]],
  ["takes one slope for a scalar", { x: [], slope: [1] }, {}, []],
]);
refuses("prelu", [
  ["slopes along the last axis", { x: [2, 3, 4, 5], slope: [5] }, {}, "INVALID_SHAPE", "inputs.slope"],
  ["a slope for each element of a vector", { x: [4], slope: [4] }, {}, "INVALID_SHAPE", "inputs.slope"],
  ["a slope that is a scalar", { x: [4], slope: [] }, {}, "INVALID_SHAPE", "inputs.slope"],
  ["no slope", { x: [4] }, {}, "INVALID_GRAPH", "inputs.slope"],
]);
test("prelu has the accuracy rule of leakyRelu", () => {
  expect(accuracyOf("prelu", { x: ["N", 3], slope: [3] }, {})).toEqual(rounded({ value: 2 }));
});
