"""The small files on which decoders are compared: one for each thing that a file may do. Their pixels are drawn."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Iterator

import numpy as np
from PIL import Image, ImageCms

from draws import BANDS, drawn_pixels
from png_writer import SAMPLES, png_file

WIDTH, HEIGHT = 43, 29


def smooth(name: str, mode: str, width: int = WIDTH, height: int = HEIGHT) -> Image.Image:
    """A drawn picture whose noise is blurred by resizing: photographs are smooth."""
    small = Image.frombytes(mode, (width // 4 + 1, height // 4 + 1), drawn_pixels(name, width // 4 + 1, height // 4 + 1, mode).tobytes())
    return small.resize((width, height), Image.Resampling.BICUBIC)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def exif(orientation: int, order: str) -> bytes:
    """An EXIF block that has the orientation only, in the byte order ``<`` or ``>``."""
    mark = b"II*\x00" if order == "<" else b"MM\x00*"
    return mark + struct.pack(order + "IHHHIHHI", 8, 1, 0x0112, 3, 1, orientation, 0, 0)


def swapped_profile() -> bytes:
    """sRGB with red and green exchanged: whoever applies it shows other colours."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    # The time of creation, so that the file is the same on every day.
    profile[24:36] = struct.pack(">6H", 2000, 1, 1, 0, 0, 0)
    count = struct.unpack(">I", profile[128:132])[0]
    tags = {bytes(profile[at : at + 4]): at for at in range(132, 132 + 12 * count, 12)}
    red, green = tags[b"rXYZ"], tags[b"gXYZ"]
    profile[red : red + 4], profile[green : green + 4] = profile[green : green + 4], profile[red : red + 4]
    return bytes(profile)


def png_samples(name: str, colour_type: int, depth: int, width: int = WIDTH, height: int = HEIGHT) -> np.ndarray:
    """Drawn samples; those of 16 bits have other low bytes than high ones."""
    bands = SAMPLES[colour_type]
    mode = next(mode for mode, count in BANDS.items() if count == bands)
    high = drawn_pixels(name, width, height, mode).astype(np.uint16)
    if depth == 16:
        return high << 8 | drawn_pixels(name + "/low", width, height, mode)
    return high >> (8 - depth)


def palette_chunk(depth: int) -> tuple[bytes, bytes]:
    return b"PLTE", drawn_pixels("palette", 2**depth, 1, "RGB").tobytes()


def jpegs() -> Iterator[tuple[str, bytes]]:
    rgb = smooth("jpeg", "RGB")
    for subsampling in ("4:4:4", "4:2:2", "4:2:0"):
        yield f"rgb-{subsampling.replace(':', '')}.jpg", saved(rgb, "JPEG", subsampling=subsampling, quality=90)
    yield "grey.jpg", saved(smooth("jpeg", "L"), "JPEG")
    yield "rough.jpg", saved(rgb, "JPEG", quality=8)
    yield "progressive.jpg", saved(rgb, "JPEG", progressive=True)
    yield "progressive-grey.jpg", saved(smooth("jpeg", "L"), "JPEG", progressive=True, quality=60)
    yield "restart.jpg", saved(rgb, "JPEG", restart_marker_blocks=2)
    yield "kept-rgb.jpg", saved(rgb, "JPEG", keep_rgb=True)
    yield "pixel.jpg", saved(rgb.crop((0, 0, 1, 1)), "JPEG")
    yield "cmyk.jpg", saved(Image.frombytes("CMYK", (WIDTH, HEIGHT), smooth("cmyk", "RGBA").tobytes()), "JPEG", quality=90)
    yield "profile.jpg", saved(rgb, "JPEG", icc_profile=swapped_profile())
    plain = saved(rgb, "JPEG", quality=80)
    yield "trailing.jpg", plain + b"more bytes after the end"
    # Bytes between two segments: decoders skip them.
    yield "stray.jpg", plain[:20] + b"\x00\x01\x02" + plain[20:]
    for orientation in range(1, 9):
        order = "<>"[orientation % 2]
        yield f"orientation-{orientation}.jpg", saved(rgb, "JPEG", exif=b"Exif\x00\x00" + exif(orientation, order))
    yield "orientation-9.jpg", saved(rgb, "JPEG", exif=b"Exif\x00\x00" + exif(9, "<"))
    yield "truncated.jpg", plain[: len(plain) * 2 // 3]


def pngs() -> Iterator[tuple[str, bytes]]:
    for name, colour_type, depths in (
        ("grey", 0, (1, 2, 4, 8, 16)),
        ("rgb", 2, (8, 16)),
        ("palette", 3, (1, 2, 4, 8)),
        ("la", 4, (8, 16)),
        ("rgba", 6, (8, 16)),
    ):
        for depth in depths:
            samples = png_samples(name, colour_type, depth)
            chunks = [palette_chunk(depth)] if colour_type == 3 else []
            yield f"{name}-{depth}.png", png_file(samples, colour_type, depth, chunks=chunks)
            if depth in (1, 8, 16):
                yield f"{name}-{depth}-interlaced.png", png_file(samples, colour_type, depth, True, chunks)
    grey, rgb = png_samples("grey", 0, 8), png_samples("rgb", 2, 8)
    dark = png_samples("grey", 0, 16) % 400
    yield "grey-16-dark.png", png_file(dark, 0, 16)
    yield "grey-transparent.png", png_file(grey, 0, 8, chunks=[(b"tRNS", struct.pack(">H", int(grey[0, 0, 0])))])
    colour = struct.pack(">3H", *(int(value) for value in rgb[0, 0]))
    yield "rgb-transparent.png", png_file(rgb, 2, 8, chunks=[(b"tRNS", colour)])
    alpha = bytes(range(0, 160, 10))
    yield "palette-transparent.png", png_file(
        png_samples("palette", 3, 4), 3, 4, chunks=[palette_chunk(4), (b"tRNS", alpha)]
    )
    yield "orientation-6.png", png_file(rgb, 2, 8, chunks=[(b"eXIf", exif(6, ">"))])
    yield "gamma.png", png_file(rgb, 2, 8, chunks=[(b"gAMA", struct.pack(">I", 100000))])
    yield "profile.png", saved(smooth("jpeg", "RGB"), "PNG", icc_profile=swapped_profile())
    frames = [smooth(f"frame/{index}", "RGBA", 20, 14) for index in range(3)]
    yield "animated.png", saved(frames[0], "PNG", save_all=True, append_images=frames[1:])
    yield "animated-default.png", saved(
        frames[0], "PNG", save_all=True, append_images=frames[1:], default_image=True
    )
    whole = png_file(rgb, 2, 8)
    yield "truncated.png", whole[: len(whole) // 2]
    broken = bytearray(whole)
    broken[len(broken) // 2] ^= 0x10
    yield "damaged.png", bytes(broken)


def webps() -> Iterator[tuple[str, bytes]]:
    rgb, rgba = smooth("webp", "RGB"), smooth("webp", "RGBA")
    yield "lossy.webp", saved(rgb, "WEBP", quality=70)
    yield "lossless.webp", saved(rgb, "WEBP", lossless=True)
    yield "lossy-alpha.webp", saved(rgba, "WEBP", quality=70)
    yield "lossless-alpha.webp", saved(rgba, "WEBP", lossless=True, exact=True)
    yield "orientation-8.webp", saved(rgb, "WEBP", quality=70, exif=exif(8, "<"))
    yield "profile.webp", saved(rgb, "WEBP", lossless=True, icc_profile=swapped_profile())
    frames = [smooth(f"frame/{index}", "RGBA", 20, 14) for index in range(3)]
    yield "animated.webp", saved(frames[0], "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    opaque = [frame.convert("RGB") for frame in frames]
    yield "animated-lossy.webp", saved(opaque[0], "WEBP", save_all=True, append_images=opaque[1:], quality=70)
    # The first frame is smaller than the canvas.
    centre = Image.new("RGBA", (20, 14))
    centre.paste(frames[0].crop((0, 0, 8, 6)), (6, 4))
    yield "animated-offset.webp", saved(centre, "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    whole = saved(rgb, "WEBP", quality=70)
    yield "truncated.webp", whole[: len(whole) // 2]


def gifs() -> Iterator[tuple[str, bytes]]:
    palettes = [smooth(f"gif/{index}", "RGB").quantize(60) for index in range(3)]
    yield "plain.gif", saved(palettes[0], "GIF", interlace=0)
    yield "interlaced.gif", saved(palettes[0], "GIF", interlace=1)
    yield "transparent.gif", saved(palettes[0], "GIF", transparency=int(palettes[0].getpixel((0, 0))))
    yield "animated.gif", saved(palettes[0], "GIF", save_all=True, append_images=palettes[1:], duration=50)
    grey = Image.frombytes("L", (WIDTH, HEIGHT), drawn_pixels("gif", WIDTH, HEIGHT, "L").tobytes())
    yield "grey.gif", saved(grey, "GIF")
    whole = saved(palettes[0], "GIF")
    yield "truncated.gif", whole[: len(whole) // 2]


GROUPS: dict[str, Callable[[], Iterator[tuple[str, bytes]]]] = {"jpeg": jpegs, "png": pngs, "webp": webps, "gif": gifs}
