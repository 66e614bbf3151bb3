"""A minimal safetensors writer and reader: the whole format fits on a page.

Written by hand so that the tools need nothing beyond PyTorch and NumPy, and so that the bytes are
under our control: keys in insertion order, header padded with spaces to a multiple of 8 bytes, data
contiguous in the same order.

File: u64 little-endian header length · JSON header · data. Offsets count from the start of the data.
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

DTYPES = {"F64": np.dtype("<f8"), "F32": np.dtype("<f4"), "I32": np.dtype("<i4")}
NAMES = {dtype: name for name, dtype in DTYPES.items()}


def encode(
    tensors: Mapping[str, npt.NDArray[np.generic]], metadata: Mapping[str, str] | None = None
) -> bytes:
    """The bytes of a safetensors file."""
    header: dict[str, object] = {}
    if metadata:
        header["__metadata__"] = dict(metadata)
    chunks: list[bytes] = []
    offset = 0
    for name, tensor in tensors.items():
        dtype = tensor.dtype.newbyteorder("<")
        data = np.ascontiguousarray(tensor, dtype=dtype).tobytes()
        header[name] = {
            "dtype": NAMES[dtype],
            "shape": list(tensor.shape),
            "data_offsets": [offset, offset + len(data)],
        }
        chunks.append(data)
        offset += len(data)
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + b"".join(chunks)


def decode(content: bytes) -> tuple[dict[str, npt.NDArray[np.generic]], dict[str, str]]:
    """The tensors and the metadata of a safetensors file."""
    (length,) = struct.unpack_from("<Q", content)
    header = json.loads(content[8 : 8 + length])
    metadata = header.pop("__metadata__", {})
    tensors: dict[str, npt.NDArray[np.generic]] = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        dtype, shape = DTYPES[entry["dtype"]], entry["shape"]
        assert end - begin == math.prod(shape) * dtype.itemsize, name
        start = 8 + length + begin
        tensors[name] = np.frombuffer(content[start : start + end - begin], dtype).reshape(shape)
    return tensors, metadata


def write(
    path: Path,
    tensors: Mapping[str, npt.NDArray[np.generic]],
    metadata: Mapping[str, str] | None = None,
) -> None:
    """Writes a file and reads it back, to fail here if the file is not readable."""
    content = encode(tensors, metadata)
    decoded, _ = decode(content)
    assert list(decoded) == list(tensors)
    assert all(decoded[name].tobytes() == tensors[name].tobytes() for name in tensors)
    path.write_bytes(content)
