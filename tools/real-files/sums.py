"""Writes the SHA-256 sum of every tensor that PyTorch reads in the real checkpoints.

    node tools/real-files/fetch.mjs
    python3 tools/real-files/sums.py    # goldens/data/real-checkpoints.json
"""

import json
import os
import pathlib
import sys

import torch

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tools" / "checkpoints"))
from make_checkpoints import sums

FOLDER = pathlib.Path(os.environ.get("ISOCONV_REAL_FILES", ROOT / ".real-files"))
GOLDENS = ROOT / "goldens" / "data" / "real-checkpoints.json"


def checkpoints():
    """The paths of the checkpoints in the folder."""
    for package in json.loads((pathlib.Path(__file__).parent / "packages.json").read_text()):
        for file in package["files"]:
            if file.endswith((".pth", ".pt")):
                yield f"{package['name']}/{file}"


def text_of(expected):
    """JSON with a line for each tensor."""
    files = []
    for path, tensors in expected.items():
        lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(tensor)}" for name, tensor in tensors.items())
        files.append(f" {json.dumps(path)}: {{\n{lines}\n }}")
    return "{\n" + ",\n".join(files) + "\n}\n"


if __name__ == "__main__":
    expected = {path: sums(torch.load(FOLDER / path, map_location="cpu")) for path in checkpoints()}
    GOLDENS.write_text(text_of(expected))
    print(f"PyTorch {torch.__version__}: {len(expected)} files, {sum(map(len, expected.values()))} tensors")
