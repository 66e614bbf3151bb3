import { expect, it } from "vitest";
import { writeSafetensors } from "./write-safetensors.js";
import { readWeights, weightsFormats } from "./weights-formats.js";

const bytes = writeSafetensors({ a: { dtype: "float32", shape: [1], data: Float32Array.of(2) } });

it.each(["resnet18.safetensors", "A.B.SAFETENSORS", "weights.pth", "download", ""])(
  "reads a file called %j by its first bytes",
  async (name) => {
    expect((await readWeights(name, bytes)).tensors.get("a")?.toFloat32().data).toEqual(Float32Array.of(2));
  },
);

it.each([
  ["bytes", bytes],
  ["a buffer", bytes.slice().buffer],
  ["a blob", new Blob([bytes.slice()])],
] as const)("takes %s", async (_what, source) => {
  expect((await readWeights("a.safetensors", source)).tensors.size).toBe(1);
});

it("refuses a file whose format follows neither from its bytes nor from its name", async () => {
  await expect(readWeights("resnet18.pth", Uint8Array.of(0x50, 0x4b, 3, 4))).rejects.toThrow(
    /^INVALID_WEIGHTS: file: neither its first bytes nor its name identify a format of weights; expected a file of safetensors \(\.safetensors\), got "?resnet18\.pth/,
  );
});

it("reports damaged bytes as the format given by the name does", async () => {
  await expect(readWeights("a.safetensors", bytes.subarray(0, 20))).rejects.toThrow(/^INVALID_WEIGHTS: header/);
  await expect(readWeights("a.safetensors", new Uint8Array(3))).rejects.toThrow(/^INVALID_WEIGHTS/);
});

it("names every format once", () => {
  expect(new Set(weightsFormats.map(({ extension }) => extension)).size).toBe(weightsFormats.length);
});
