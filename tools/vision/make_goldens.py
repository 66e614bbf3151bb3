"""Writes the goldens of packages/vision with Pillow and torchvision; see README.md beside this file."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
from pathlib import Path

import numpy as np
import PIL
from PIL import Image, ImageOps

from draws import FILTERS, MODES, drawn_pixels, resize_case
from pictures import GROUPS

FOLDER = Path(__file__).parents[2] / "packages" / "vision" / "goldens"
RESIZE_CASES = 4000
RESAMPLING = {name: Image.Resampling[name.upper()] for name in FILTERS}


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def picture(name: str, width: int, height: int, mode: str) -> Image.Image:
    # frombytes takes every mode; fromarray none with two bands in some versions.
    return Image.frombytes(mode, (width, height), drawn_pixels(name, width, height, mode).tobytes())


def resize_goldens() -> object:
    """The first 32 bits of the SHA-256 of each result: enough to tell that one byte differs."""
    hashes = []
    for index in range(RESIZE_CASES):
        mode, width, height, new_width, new_height, filter_name, box = resize_case(index)
        resized = picture(f"resize/{index}/picture", width, height, mode).resize(
            (new_width, new_height), RESAMPLING[filter_name], box=box
        )
        hashes.append(sha256(resized.tobytes())[:8])
    return {"cases": RESIZE_CASES, "hashes": "".join(hashes)}


def convert_goldens() -> object:
    """Every mode to every other, with the SHA-256 of the result."""
    return [
        {
            "from": old,
            "to": new,
            "sha256": sha256(picture(f"convert/{old}", 61, 53, old).convert(new).tobytes()),
        }
        for old in MODES
        for new in MODES
    ]


def preset_goldens() -> object:
    """Each of torchvision's presets for classification on pictures of several sizes: the SHA-256 of the float32 tensor."""
    import torch
    import torchvision
    from torchvision.transforms._presets import ImageClassification
    from torchvision.transforms.functional import InterpolationMode

    sizes = [(500, 375), (375, 500), (341, 256), (256, 341), (224, 224), (90, 233), (1, 1), (300, 301), (640, 83)]
    presets = {}
    for name in torchvision.models.list_models(module=torchvision.models):
        for weights in torchvision.models.get_model_weights(name):
            preset = weights.transforms()
            if isinstance(preset, ImageClassification):
                key = (preset.resize_size[0], preset.crop_size[0], preset.interpolation.value)
                presets.setdefault(key, []).append(f"{name} {weights.name}")
    return {
        "torchvision": torchvision.__version__,
        "torch": torch.__version__,
        "presets": [
            {
                "resize": resize,
                "crop": crop,
                "interpolation": interpolation,
                "weights": sorted(names),
                "results": [
                    {
                        "width": width,
                        "height": height,
                        "mode": mode,
                        "sha256": sha256(
                            ImageClassification(
                                resize_size=resize, crop_size=crop, interpolation=InterpolationMode(interpolation)
                            )(picture(f"preset/{width}x{height}", width, height, mode).convert("RGB"))
                            .numpy()
                            .astype("<f4")
                            .tobytes()
                        ),
                    }
                    for index, (width, height) in enumerate(sizes)
                    for mode in [MODES[(index + 2) % 4]]
                ],
            }
            for (resize, crop, interpolation), names in sorted(presets.items())
        ],
    }


def photo_goldens() -> object:
    """The input of MobileNetV2 for each photograph that tools/real-files fetches: the SHA-256 of torchvision's float32 tensor."""
    from torchvision.models import MobileNet_V2_Weights

    transforms = MobileNet_V2_Weights.IMAGENET1K_V1.transforms()
    folder = Path(os.environ.get("ISOCONV_REAL_FILES", FOLDER.parents[2] / ".real-files"))
    photos = sorted(path for path in folder.glob("scikit-*/*") if path.suffix in (".jpg", ".png"))
    return [
        {
            "file": f"{path.parent.name}/{path.name}",
            "bytes": sha256(path.read_bytes()),
            "input": sha256(transforms(Image.open(path).convert("RGB")).numpy().astype("<f4").tobytes()),
        }
        for path in photos
    ]


def decode_goldens() -> object:
    """What Pillow reads in each of the committed files: the first frame, upright, in three modes; no modes if it refuses."""
    decoded = []
    for path in sorted((FOLDER / "pictures").iterdir()):
        try:
            with Image.open(path) as file:
                upright = ImageOps.exif_transpose(file)
            modes = {mode: sha256(upright.convert(mode).tobytes()) for mode in ("L", "RGB", "RGBA")}
            decoded.append({"file": path.name, "width": upright.width, "height": upright.height, "sha256": modes})
        except (OSError, SyntaxError, ValueError) as error:
            decoded.append({"file": path.name, "refused": str(error)})
    return decoded


def write_pictures() -> None:
    """The committed files themselves. Encoders differ between versions: --check reads these files and writes none."""
    (FOLDER / "pictures").mkdir(parents=True, exist_ok=True)
    for files in GROUPS.values():
        for name, content in files():
            (FOLDER / "pictures" / name).write_bytes(content)


PARTS = {"photos": photo_goldens, "decode": decode_goldens, "resize": resize_goldens, "convert": convert_goldens, "presets": preset_goldens}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="all by default")
    parser.add_argument("--pictures", action="store_true", help="write the picture files first (Pillow 12)")
    parser.add_argument("--check", action="store_true", help="compare with the committed files instead")
    options = parser.parse_args()
    if options.pictures:
        write_pictures()
    for part in options.parts or PARTS:
        path = FOLDER / f"{part}.json"
        text = json.dumps(PARTS[part](), indent=1) + "\n"
        if not options.check:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        state = "as committed" if path.read_text() == text else "DIFFERS"
        print(f"{part}: {state if options.check else 'written'} (Pillow {PIL.__version__}, NumPy {np.__version__})")
        if options.check and state == "DIFFERS":
            raise SystemExit(1)


if __name__ == "__main__":
    main()
