import { expect, it, vi } from "vitest";
import { writeSafetensors } from "./write-safetensors.js";
import { readWeights } from "./read-weights.js";
import { weightsFormats } from "./weights-formats.js";

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
  await expect(readWeights("download", Uint8Array.of(1, 2, 3, 4))).rejects.toThrow(
    /^INVALID_FILE: download: the first bytes of the file are of no known kind; expected a file of safetensors \(\.safetensors\); PyTorch \(\.pth, .*/,
  );
});

it("reads only the start of a blob that is of another kind", async () => {
  const picture = new Blob([Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), new Uint8Array(10_000)]);
  const slice = vi.spyOn(picture, "slice");
  await expect(readWeights("a.safetensors", picture)).rejects.toThrow(/^INVALID_FILE: a\.safetensors: .*JPEG/);
  expect(slice.mock.calls).toEqual([[0, 4096]]);
});

it("reports a blob that cannot be read", async () => {
  const gone = new Blob([bytes.slice()]);
  const part = new Blob([]);
  vi.spyOn(part, "arrayBuffer").mockRejectedValue(new DOMException("The file changed", "NotReadableError"));
  vi.spyOn(gone, "slice").mockReturnValue(part);
  await expect(readWeights("a.safetensors", gone)).rejects.toThrow(
    /^INVALID_FILE: a\.safetensors: the file cannot be read \(The file changed\)/,
  );
});

it.each([undefined, null, "text", 8, {}])("refuses %j in place of bytes", async (source) => {
  await expect(readWeights("a.safetensors", source as Uint8Array)).rejects.toThrow(/^INVALID_WEIGHTS: file: not bytes/);
});

it("reports damaged bytes as the format given by the name does", async () => {
  await expect(readWeights("a.safetensors", bytes.subarray(0, 20))).rejects.toThrow(/^INVALID_WEIGHTS: header/);
  await expect(readWeights("a.safetensors", new Uint8Array(3))).rejects.toThrow(/^INVALID_WEIGHTS/);
});

it("names every format once", () => {
  const extensions = weightsFormats.flatMap((format) => format.extensions);
  expect(new Set(extensions).size).toBe(extensions.length);
});
