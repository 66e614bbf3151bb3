"""Checks with PyTorch, NumPy and the safetensors library the files that isoconv writes.

    npx tsc -b packages/weights
    python3 tools/checkpoints/check_written.py    # once with each version of PyTorch
"""

import hashlib
import json
import subprocess
import tempfile

import numpy as np
import torch
from make_checkpoints import sums
from packing import DATA

VARIANTS = ("whole-numbers", "training", "strides", "bfloat16", "scalars", "half")

WRITE = """
import { readFileSync, writeFileSync } from "node:fs";
import { brotliDecompressSync } from "node:zlib";
import { readSafetensors, readWeights, writeWeights } from "@isoconv/weights";
const { tensors } = readSafetensors(brotliDecompressSync(readFileSync("../../goldens/data/checkpoints.safetensors.br")));
const [folder, ...variants] = process.argv.slice(1);
for (const variant of variants) {
  const file = await readWeights("a.pth", tensors.get(`torch-1.13/${variant}.zip.2.pth`).bytes());
  for (const format of variant === "bfloat16" ? ["pth", "safetensors"] : ["pth", "safetensors", "npz"]) {
    writeFileSync(`${folder}/${variant}.${format}`, await writeWeights(format, file));
  }
  writeFileSync(`${folder}/${variant}.f16.safetensors`, await writeWeights("safetensors", file, { dtype: "float16" }));
}
"""


def sha256(array):
    return hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest()


def check(folder):
    expected = json.loads((DATA / "checkpoints.json").read_text())
    package = DATA.parents[1] / "packages" / "weights"
    subprocess.run(["node", "--input-type=module", "-e", WRITE, folder, *VARIANTS], cwd=package, check=True)
    for variant in VARIANTS:
        state = torch.load(f"{folder}/{variant}.pth", weights_only=True)
        assert sums(state) == expected[variant], variant
        if variant != "bfloat16":
            arrays = np.load(f"{folder}/{variant}.npz")
            wanted = {name: tensor["sha256"] for name, tensor in expected[variant].items()}
            assert {name: sha256(arrays[name]) for name in arrays.files} == wanted, variant
        try:
            from safetensors.torch import load_file
        except ImportError:
            print("safetensors is not installed: its files are not checked")
            continue
        assert sums(load_file(f"{folder}/{variant}.safetensors")) == expected[variant], variant
        halves = load_file(f"{folder}/{variant}.f16.safetensors")
        for name, tensor in state.items():
            half = tensor.half() if tensor.is_floating_point() else tensor
            assert halves[name].dtype == half.dtype and torch.equal(halves[name], half), (variant, name)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        check(folder)
    print(f"PyTorch {torch.__version__}: every file is read alike")
