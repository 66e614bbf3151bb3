import { expect, test } from "vitest";
import { concat } from "./concat.js";
import { flatten } from "./layers/flatten.js";
import { identity } from "./layers/identity.js";
import { logSoftmax, softmax } from "./layers/softmax.js";
import type { Module } from "./module.js";
import { trace } from "./trace.js";

const shapeOf = (module: Module) =>
  trace(module, { name: "net", input: { shape: [2, 3, 4, 5] } }).graph.nodes.at(-1)?.shape;

test("a negative axis counts from the last, as in PyTorch", () => {
  expect(shapeOf(concat([identity(), identity()], -1))).toEqual([2, 3, 4, 10]);
  expect(shapeOf(flatten(-2))).toEqual([2, 3, 20]);
  expect(shapeOf(softmax(-1))).toEqual([2, 3, 4, 5]);
});

test("an axis outside the operand is refused with the number as written", () => {
  const modules = { dim: [softmax(-9), logSoftmax(4)], startDim: [flatten(-5)], axis: [concat([identity()], 7)] };
  for (const [path, list] of Object.entries(modules)) {
    for (const module of list)
      expect(() => shapeOf(module)).toThrow(new RegExp(`INVALID_ATTRIBUTE.*${path}: axis outside`));
  }
  expect(() => shapeOf(softmax(-9))).toThrow(/expected an integer in \[-4, 3\], got -9/);
});
