import { expect, test } from "vitest";
import { rounded } from "../accuracy.js";
import { accuracyOf, infers, refuses } from "../op-cases.test.support.js";

for (const op of ["add", "mul"] as const) {
  infers(op, [
    ["equal shapes", { a: ["N", 3, 2, 2], b: ["N", 3, 2, 2] }, {}, ["N", 3, 2, 2]],
    ["a shorter shape is aligned at the last axis", { a: ["N", 3, 2, 2], b: [3, 1, 1] }, {}, ["N", 3, 2, 2]],
    ["either side stretches", { a: [1, 3, 1, 2], b: [2, 1, 4, 1] }, {}, [2, 3, 4, 2]],
    ["a scalar stretches to anything", { a: [], b: ["N", 3] }, {}, ["N", 3]],
    ["1 stretches to a symbolic batch", { a: [1, 3], b: ["N", 3] }, {}, ["N", 3]],
    ["1 stretches to nothing", { a: [0, 3], b: [1, 3] }, {}, [0, 3]],
  ]);
  refuses(op, [
    ["extents that differ", { a: [2, 3], b: [2, 4] }, {}, "INVALID_SHAPE", "inputs"],
    ["0 beside 3", { a: [0], b: [3] }, {}, "INVALID_SHAPE", "inputs"],
    ["a symbolic batch beside a fixed one", { a: ["N", 3], b: [2, 3] }, {}, "INVALID_SHAPE", "inputs"],
    ["a symbolic batch beside a channel", { a: ["N"], b: ["N", 3] }, {}, "INVALID_SHAPE", "inputs"],
    ["a symbolic batch that would leave the first axis", { a: ["N", 3], b: [2, 1, 3] }, {}, "INVALID_SHAPE", "inputs"],
    ["a result no runtime can hold", { a: [65_536, 1], b: [1, 65_536] }, {}, "INVALID_SHAPE", "shape"],
    ["a missing operand", { a: [1] }, {}, "INVALID_GRAPH", "inputs.b"],
  ]);
}

test("add and mul round once", () => {
  expect(accuracyOf("add", { a: [1], b: [1] }, {})).toEqual(rounded({ magnitude: 1 }));
  expect(accuracyOf("mul", { a: [1], b: [1] }, {})).toEqual(rounded({ magnitude: 1 }));
});
