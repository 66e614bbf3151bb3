import { describe, expect, it } from "vitest";
import { expectedSums, packedFiles, sumsOf } from "../packed-files.test.support.js";
import { readWeights } from "../read-weights.js";

// Written by tools/checkpoints with PyTorch 1.13 and 2.15, whose sums of the tensors these are.
const files = packedFiles("checkpoints.safetensors.br");
const expected = expectedSums("checkpoints.json");

const variantOf = (file: string): string => /\/([^.]*)\./.exec(file)?.[1] ?? "";

describe("the checkpoints of PyTorch", () => {
  it("are of both layouts, every protocol and two versions, for every variant", () => {
    const variants = Object.keys(expected).filter((name) => !name.startsWith("torchscript"));
    expect(variants).toHaveLength(19);
    for (const variant of variants) {
      const versions = variant === "float8" ? ["2.15"] : ["1.13", "2.15"];
      for (const version of versions) {
        for (const layout of ["zip", "legacy"]) {
          for (const protocol of [2, 3, 4, 5]) {
            expect([...files.keys()]).toContain(`torch-${version}/${variant}.${layout}.${protocol}.pth`);
          }
        }
      }
    }
    expect([...files.keys()].filter((name) => name.includes("torchscript"))).toHaveLength(4);
  });

  it.each([...files])("%s has PyTorch's tensors", async (name, bytes) => {
    const file = await readWeights(name, bytes);
    expect(sumsOf(file)).toEqual(expected[variantOf(name)]);
    expect(file.remarks).toEqual([]);
    expect(file.format).toBe("PyTorch");
  });

  it("keep the values beside the tensors as metadata", async () => {
    const training = await readWeights("a.pth", files.get("torch-2.15/training.zip.2.pth")!);
    expect(training.metadata).toEqual({ epoch: "12", arch: "net", best_acc1: "71.5" });
  });
});
