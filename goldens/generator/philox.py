"""The counter-based random generator shared, bit for bit, with the TypeScript packages.

Goldens store results only. Their inputs are generated on both sides from a name and a seed, so the
fixtures stay small and any disagreement about the inputs shows at once. A counter-based generator is
used because value ``i`` depends on nothing but ``(name, seed, i)``: no stream, no state, no order.

Philox4x32-10: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Words = npt.NDArray[np.uint64]

MULTIPLIER_0 = np.uint64(0xD2511F53)
MULTIPLIER_1 = np.uint64(0xCD9E8D57)
WEYL_0 = 0x9E3779B9
WEYL_1 = 0xBB67AE85
ROUNDS = 10

MASK_32 = np.uint64(0xFFFFFFFF)
SHIFT_32 = np.uint64(32)

FNV_OFFSET_BASIS = 0xCBF29CE484222325
FNV_PRIME = 0x100000001B3

# Counter, key and expected words: the `philox4x32 10` lines of Random123's tests/kat_vectors.
PUBLISHED_ANSWERS: tuple[tuple[tuple[int, ...], tuple[int, int], tuple[int, ...]], ...] = (
    (
        (0x00000000, 0x00000000, 0x00000000, 0x00000000),
        (0x00000000, 0x00000000),
        (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8),
    ),
    (
        (0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF),
        (0xFFFFFFFF, 0xFFFFFFFF),
        (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD),
    ),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
)

# From the FNV reference distribution: http://www.isthe.com/chongo/tech/comp/fnv/
PUBLISHED_HASHES: tuple[tuple[str, int], ...] = (
    ("", 0xCBF29CE484222325),
    ("a", 0xAF63DC4C8601EC8C),
    ("foobar", 0x85944171F73967E8),
)


def fnv1a64(text: str) -> int:
    """FNV-1a, 64 bits, over the UTF-8 bytes of ``text``."""
    value = FNV_OFFSET_BASIS
    for byte in text.encode("utf-8"):
        value = ((value ^ byte) * FNV_PRIME) & 0xFFFFFFFFFFFFFFFF
    return value


def key_of(name: str) -> tuple[int, int]:
    """The Philox key of a tensor: low and high half of its name's hash."""
    value = fnv1a64(name)
    return value & 0xFFFFFFFF, value >> 32


def philox4x32(counter: Sequence[Words], key: tuple[int, int]) -> list[Words]:
    """Ten rounds over four arrays of counter words; 32-bit words are carried in uint64 lanes."""
    c0, c1, c2, c3 = counter
    key0, key1 = key
    for _ in range(ROUNDS):
        product0 = MULTIPLIER_0 * c0
        product1 = MULTIPLIER_1 * c2
        c0, c1, c2, c3 = (
            (product1 >> SHIFT_32) ^ c1 ^ np.uint64(key0),
            product1 & MASK_32,
            (product0 >> SHIFT_32) ^ c3 ^ np.uint64(key1),
            product0 & MASK_32,
        )
        key0 = (key0 + WEYL_0) & 0xFFFFFFFF
        key1 = (key1 + WEYL_1) & 0xFFFFFFFF
    return [c0, c1, c2, c3]


def philox_block(counter: Sequence[int], key: tuple[int, int]) -> list[int]:
    """One block, as plain integers."""
    words = philox4x32([np.array([word], dtype=np.uint64) for word in counter], key)
    return [int(word[0]) for word in words]


def uniform(
    name: str, shape: Sequence[int], low: float = -1.0, high: float = 1.0, seed: int = 1
) -> npt.NDArray[np.float32]:
    """float32 values in [low, high), a function of ``name``, ``seed`` and the flat index only.

    Value ``i`` is output word ``i & 3`` of block ``i >> 2``; its upper 24 bits make ``u`` in [0, 1),
    exact in float32 and in float64. ``low + (high - low)·u`` is computed in float64 and rounded once.
    """
    count = math.prod(shape)
    blocks = np.arange((count + 3) // 4, dtype=np.uint64)
    zeros = np.zeros_like(blocks)
    counter = [blocks & MASK_32, blocks >> SHIFT_32, zeros + np.uint64(seed), zeros]
    words = np.stack(philox4x32(counter, key_of(name)), axis=1).reshape(-1)[:count]
    u = (words >> np.uint64(8)).astype(np.float64) * 2.0**-24
    return (low + (high - low) * u).astype(np.float32).reshape(shape)


def assert_published_answers() -> None:
    """Fails unless this implementation gives the published known answers."""
    for counter, key, expected in PUBLISHED_ANSWERS:
        assert philox_block(counter, key) == list(expected), (counter, key)
    for text, expected_hash in PUBLISHED_HASHES:
        assert fnv1a64(text) == expected_hash, text


def known_answers() -> dict[str, list[dict[str, object]]]:
    """The content of ``philox.json``: what another implementation has to reproduce."""
    counters_and_keys = [(counter, key) for counter, key, _ in PUBLISHED_ANSWERS] + [
        ((1, 0, 1, 0), key_of("input")),
        ((0, 1, 0xFFFFFFFF, 0), (1, 0)),
        ((0xDEADBEEF, 0, 7, 0), (0, 0x80000000)),
    ]
    names = ["", "a", "foobar", "input", "conv2d/k3-p1/x", "größe/重み", "😀"]
    draws: list[tuple[int, str, float, float]] = [
        (1, "input", -1.0, 1.0),
        (2, "input", -1.0, 1.0),
        (0, "", 0.0, 1.0),
        (1, "layer1.0.bn1.running_var", 0.5, 1.5),
        (1, "conv1.weight", -math.sqrt(6 / 147), math.sqrt(6 / 147)),
        (0xFFFFFFFF, "größe/重み", -0.1, 0.3),
        (1, "😀", -1e4, 1e4),
    ]
    return {
        "philox": [
            {"counter": list(counter), "key": list(key), "words": philox_block(counter, key)}
            for counter, key in counters_and_keys
        ],
        "fnv1a64": [{"text": name, "hash": f"{fnv1a64(name):016x}"} for name in names],
        "uniform": [
            {
                "seed": seed,
                "name": name,
                "low": low,
                "high": high,
                # A float32 is exact as a float64, so the decimal form below is exact as well.
                "values": [float(value) for value in uniform(name, [8], low, high, seed)],
            }
            for seed, name, low, high in draws
        ],
    }
