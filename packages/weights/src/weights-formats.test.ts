import { expect, it } from "vitest";
import { writeSafetensors } from "./write-safetensors.js";
import { readWeights, weightsFormats } from "./weights-formats.js";

const bytes = writeSafetensors({ a: { dtype: "float32", shape: [1], data: Float32Array.of(2) } });

it("reads a file by what its name ends with, however that is written", () => {
  for (const name of ["resnet18.safetensors", "A.B.SAFETENSORS"]) {
    expect(readWeights(name, bytes).tensors.get("a")?.toFloat32().data).toEqual(Float32Array.of(2));
  }
});

it("refuses a name that no format has, and says which would do", () => {
  expect(() => readWeights("resnet18.pth", bytes)).toThrow(
    /^INVALID_WEIGHTS: file: no format of weights has such a name; expected a name that ends with \.safetensors, got "?resnet18\.pth/,
  );
});

it("refuses bytes that are not what the name says", () => {
  expect(() => readWeights("a.safetensors", bytes.subarray(0, 20))).toThrow(/^INVALID_WEIGHTS/);
});

it("names every format once", () => {
  expect(new Set(weightsFormats.map(({ extension }) => extension)).size).toBe(weightsFormats.length);
});
