import { float32 } from "@isoconv/core-spec";
import { expect, test } from "vitest";
import { getTensor } from "./get-tensor.js";
import { readSafetensors } from "./read-safetensors.js";
import { writeSafetensors } from "./write-safetensors.js";

test("a tensor is found by name, and the error for a missing one lists the names", () => {
  const file = readSafetensors(writeSafetensors({ a: float32([1], [7]), b: float32([0]) }));
  expect([...getTensor(file, "a").toFloat32().data]).toEqual([7]);
  expect(() => getTensor(file, "c")).toThrow('INVALID_WEIGHTS: tensors: no such tensor; expected one of a, b, got "c"');
  expect(() => getTensor(readSafetensors(writeSafetensors({})), "c")).toThrow(/expected a file with tensors/);
});
