"""PNG files of every colour type and depth, interlaced too, which Pillow does not write."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
# x start, y start, x step, y step of the passes: PNG specification, section 8.2.
ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))

Samples = npt.NDArray[np.uint16]


def png_file(
    samples: Samples, colour_type: int, depth: int, interlaced: bool = False, chunks: Sequence[tuple[bytes, bytes]] = ()
) -> bytes:
    """A file of samples ``[height, width, SAMPLES[colour_type]]`` below ``2**depth``, with chunks before the data."""
    height, width, _ = samples.shape
    header = struct.pack(">IIBBBBB", width, height, depth, colour_type, 0, 0, int(interlaced))
    passes = [samples[y::dy, x::dx] for x, y, dx, dy in ADAM7] if interlaced else [samples]
    data = b"".join(rows_of(part, depth) for part in passes if part.size > 0)
    parts = [(b"IHDR", header), *chunks, (b"IDAT", zlib.compress(data, 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def rows_of(samples: Samples, depth: int) -> bytes:
    """Every row with filter 0 before it."""
    rows = []
    for row in samples.reshape(samples.shape[0], -1):
        if depth == 16:
            packed = row.astype(">u2").tobytes()
        else:
            bits = np.unpackbits(row.astype(np.uint8)[:, None], axis=1)[:, 8 - depth :]
            packed = np.packbits(bits.reshape(-1)).tobytes()
        rows.append(b"\x00" + packed)
    return b"".join(rows)
