import { expect, it } from "vitest";
import { kernelCall } from "./kernel-call.js";

const call = kernelCall(new Map([["x", { id: 1, shape: [2] }]]), {
  axis: 1,
  perm: [1, 0],
  keepDims: true,
  activation: "relu",
  pad: [
    [0, 1],
    [2, 3],
  ],
  wrong: [[1], "a"],
});

it("attributes are read with their types", () => {
  expect([call.number("axis"), call.numbers("perm"), call.flag("keepDims"), call.text("activation")]).toEqual([
    1,
    [1, 0],
    true,
    "relu",
  ]);
  expect(call.paddings("pad")).toEqual([
    [0, 1],
    [2, 3],
  ]);
});

it("attributes of another type or missing are refused by name", () => {
  for (const kind of ["number", "numbers", "flag", "text", "paddings"] as const) {
    expect(() => call[kind]("wrong")).toThrow("attribute wrong");
    expect(() => call[kind]("absent")).toThrow("attribute absent");
  }
});

it("operands are given by name, and missing ones refused unless optional", () => {
  expect([call.operand("x"), call.optional("bias"), call.list.length]).toEqual([{ id: 1, shape: [2] }, undefined, 1]);
  expect(() => call.operand("filter")).toThrow("operand filter is missing");
});
