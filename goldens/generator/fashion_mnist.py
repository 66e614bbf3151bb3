"""Reads Fashion-MNIST as Debian's dataset-fashion-mnist package installs it."""

from __future__ import annotations

import gzip
import struct
from pathlib import Path

import numpy as np
import numpy.typing as npt

FOLDER = Path("/usr/share/datasets/fashion-mnist")

CLASSES = [
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
]

Bytes = npt.NDArray[np.uint8]


def _read_idx(path: Path) -> Bytes:
    """An IDX file of unsigned bytes: magic 0x000008RR (RR the rank), big-endian sizes, data."""
    content = gzip.decompress(path.read_bytes())
    (magic,) = struct.unpack_from(">I", content)
    assert magic >> 8 == 0x08, path
    rank = magic & 0xFF
    shape = struct.unpack_from(f">{rank}I", content, 4)
    return np.frombuffer(content, np.uint8, offset=4 + 4 * rank).reshape(shape)


def load(split: str) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int32]]:
    """Images [N, 1, 28, 28] as byte / 255 (one float32 division) and labels [N].

    ``split`` is "train" (60,000) or "t10k" (the 10,000 test images).
    """
    images = _read_idx(FOLDER / f"{split}-images-idx3-ubyte.gz")
    labels = _read_idx(FOLDER / f"{split}-labels-idx1-ubyte.gz")
    scaled = images[:, np.newaxis].astype(np.float32) / np.float32(255)
    return scaled, labels.astype(np.int32)
