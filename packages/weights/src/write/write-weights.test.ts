import { describe, expect, it } from "vitest";
import { packedFiles, sumsOf } from "../packed-files.test.support.js";
import { readWeights } from "../read-weights.js";
import { writeWeights, writtenFormats } from "./write-weights.js";

// That PyTorch, NumPy and the safetensors library read these files alike is checked by tools/checkpoints/check_written.py.
const files = packedFiles("checkpoints.safetensors.br");
const read = async (name: string) => readWeights(name, files.get(`torch-2.15/${name}.zip.2.pth`)!);

describe("writeWeights", () => {
  it.each(
    writtenFormats.flatMap((format) =>
      ["whole-numbers", "training", "strides", "scalars", "half"].map((name) => [format, name] as const),
    ),
  )("as %s keeps every bit of %s", async (format, name) => {
    const file = await read(name);
    const written = await readWeights(`a.${format}`, await writeWeights(format, file));
    expect(sumsOf(written)).toEqual(sumsOf(file));
    expect(written.remarks).toEqual([]);
    expect(await writeWeights(format, file)).toEqual(await writeWeights(format, file));
  });

  it("keeps metadata in safetensors", async () => {
    const written = await readWeights("a", await writeWeights("safetensors", await read("training")));
    expect(written.metadata).toEqual({ epoch: "12", arch: "net", best_acc1: "71.5" });
  });

  it.each(["float32", "float16"] as const)("makes floating-point tensors %s, and no others", async (dtype) => {
    const file = await read("bfloat16");
    const written = await readWeights("a", await writeWeights("npz", file, { dtype }));
    const wanted = dtype === "float32" ? "F32" : "F16";
    for (const [name, tensor] of file.tensors) {
      expect(written.tensors.get(name)?.dtype).toBe(tensor.dtype === "BF16" ? wanted : tensor.dtype);
      // bfloat16 values of this size are exact in both.
      if (tensor.dtype === "BF16") expect(written.tensors.get(name)?.toFloat32()).toEqual(tensor.toFloat32());
    }
  });

  it("refuses what a format cannot keep", async () => {
    await expect(writeWeights("npz", await read("bfloat16"))).rejects.toThrow(/NumPy has no such type.*float32/);
    await expect(writeWeights("pth", await read("float8"))).rejects.toThrow(/no storage of this type/);
    await expect(writeWeights("onnx" as "npz", await read("half"))).rejects.toThrow(/^INVALID_ATTRIBUTE/);
  });
});
