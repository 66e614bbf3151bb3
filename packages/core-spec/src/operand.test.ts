import { expect, test } from "vitest";
import { refusal } from "./op-cases.test.support.js";
import { filter, many, matrix, nchw, optional, tensor, vector, type Arity, type Operand } from "./operand.js";
import type { Shape } from "./shape.js";

const at = { path: "inputs.x" };

const operands: readonly (readonly [string, Operand<Arity, Shape>, accepted: Shape[], refused: Shape[]])[] = [
  [
    "nchw",
    nchw(),
    [
      ["N", 1, 1, 1],
      [0, 1, 1, 1],
      [2, 3, 4, 5],
    ],
    [[], [1, 1, 1], [1, 0, 1, 1], [1, 1, 1, 0], [1, 1, 1, 1, 1]],
  ],
  [
    "filter",
    filter("[O, I, kH, kW]"),
    [[1, 1, 1, 1]],
    [
      ["N", 1, 1, 1],
      [0, 1, 1, 1],
      [1, 1, 0, 1],
      [1, 1],
    ],
  ],
  ["matrix", matrix("[O, I]"), [[1, 1]], [["N", 1], [1], [1, 0], [1, 1, 1]]],
  ["vector", vector("[C]"), [[1]], [[], ["N"], [0], [1, 1]]],
  ["tensor", tensor(), [[], ["N"], [0, 0], [1, 2, 3, 4, 5]], []],
  [
    "tensor of rank ≥ 2",
    tensor(2),
    [
      ["N", 1],
      [0, 0],
    ],
    [[], [1]],
  ],
];

test.each(operands)("%s checks shapes", (_name, operand, accepted, refused) => {
  for (const shape of accepted) expect(operand.check(shape, at)).toEqual(shape);
  for (const shape of refused) {
    expect(refusal(() => operand.check(shape, at))).toEqual({ code: "INVALID_SHAPE", path: "inputs.x" });
  }
});

test("the wrapper sets the arity and keeps everything else", () => {
  const plain = vector("[C]");
  expect(plain.arity).toBe("one");
  expect(optional(plain)).toMatchObject({ arity: "optional", layout: "[C]" });
  expect(many(plain)).toMatchObject({ arity: "many", layout: "[C]" });
});
