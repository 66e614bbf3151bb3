"""What the goldens are drawn from: pictures and cases that Python and TypeScript generate alike.

The same draws stand in ``packages/vision/src/draws.test.support.ts``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).parents[2] / "goldens" / "generator"))

from philox import uniform  # noqa: E402

Pixels = npt.NDArray[np.uint8]

BANDS = {"L": 1, "LA": 2, "RGB": 3, "RGBA": 4}
MODES = tuple(BANDS)
FILTERS = ("box", "bilinear", "hamming", "bicubic", "lanczos")


def drawn_pixels(name: str, width: int, height: int, mode: str) -> Pixels:
    """Noise on a ramp along both axes; every fourth byte is 0 or 255, so that kernels overshoot."""
    bands = BANDS[mode]
    noise = uniform(name, [height, width, bands], 0, 256).astype(np.int64)
    y, x, band = np.ogrid[:height, :width, :bands]
    ramp = (7 * x + 5 * y + 64 * band) % 256
    extreme = np.where(noise & 4, 255, 0)
    return np.where(noise & 3, (noise + 3 * ramp) >> 2, extreme).astype(np.uint8)


def resize_case(index: int) -> tuple[str, int, int, int, int, str, tuple[float, float, float, float] | None]:
    """Mode, width, height, new width, new height, filter and box of one case."""
    draw = [float(value) for value in uniform(f"resize/{index}", [12], 0, 1)]
    mode = MODES[int(draw[0] * 4)]
    filter_name = FILTERS[int(draw[1] * 5)]
    # Squares make small extents frequent.
    width, height, new_width, new_height = (1 + int(value * value * 160) for value in draw[2:6])
    if draw[6] < 0.1:
        new_width = width
    elif draw[6] > 0.9:
        new_height = height
    box = None
    if draw[7] < 0.3:
        # Multiples of 2⁻⁵ are exact in single precision; those of a seventh are not.
        unit = 32 if draw[7] < 0.15 else 7
        left, top = (int(draw[8 + k] * extent * unit / 2) / unit for k, extent in enumerate((width, height)))
        right, bottom = (
            extent - int(draw[10 + k] * extent * unit / 2) / unit for k, extent in enumerate((width, height))
        )
        box = (left, top, right, bottom)
    return mode, width, height, new_width, new_height, filter_name, box
