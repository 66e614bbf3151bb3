"""Trains a network on Fashion-MNIST and writes the zoo's bundled weights and sample images.

Bundled so that "every runtime gives the same answer" can be shown on real, trained networks with
no download. The networks are exactly the book's and take pixels in [0, 1], so there is no need to remember a
mean and a deviation. training_recipes.py holds what differs between them; the test set is only used for
the figures reported at the end.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from torch import Tensor, nn

import fashion_mnist
import safetensors_io
from training_recipes import RECIPES, Recipe

ASSETS = Path(__file__).resolve().parents[2] / "packages" / "zoo" / "assets"
LICENSE = "fashion-mnist-LICENSE.txt"

SEED = 1
SAMPLE_PER_CLASS = 10

FASHION_MNIST_LICENSE = """\
Fashion-MNIST (https://github.com/zalandoresearch/fashion-mnist), from which the images and labels in
fashion-mnist-100.safetensors and fashion-mnist-100-framed.safetensors are taken, is distributed under the
following licence.

The MIT License (MIT)

Copyright © 2017 Zalando SE, https://tech.zalando.com

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction, including
without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the
following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial
portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT
LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO
EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER
IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR
THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


def tensors(split: str, frame: int) -> tuple[Tensor, Tensor]:
    images, labels = fashion_mnist.load(split)
    return F.pad(torch.from_numpy(images), [frame] * 4), torch.from_numpy(labels).long()


def mirrored_at_random(images: Tensor) -> Tensor:
    """Mirrors each image with probability ½: clothes have no left and right, and data doubles."""
    mirror = torch.rand(len(images), 1, 1, 1) < 0.5
    return torch.where(mirror, images.flip(3), images)


def train(model: nn.Module, recipe: Recipe, images: Tensor, labels: Tensor, epochs: int) -> None:
    """One cycle of the learning rate. No early stopping: the last weights are the result."""
    optimizer = recipe.optimizer(model, recipe.peak_rate)
    batches = len(images) // recipe.batch
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, recipe.peak_rate, total_steps=batches * epochs, pct_start=recipe.warm_up
    )
    model.train()
    start = time.monotonic()
    for epoch in range(epochs):
        order = torch.randperm(len(images))
        total = 0.0
        for batch in order[: batches * recipe.batch].split(recipe.batch):
            loss = F.cross_entropy(model(mirrored_at_random(images[batch])), labels[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item()
        elapsed = time.monotonic() - start
        print(f"epoch {epoch + 1}/{epochs}: loss {total / batches:.4f}, {elapsed:.0f} s", flush=True)
    model.eval()


def count_correct(model: nn.Module, images: Tensor, labels: Tensor) -> tuple[int, float]:
    """Number of right answers and the smallest top-1 margin, in float64 so that no tie is rounding's."""
    model.double()
    with torch.no_grad():
        logits = torch.cat([model(part.double()) for part in images.split(500)])
    model.float()
    top = logits.topk(2, dim=1).values
    return int((logits.argmax(1) == labels).sum()), float((top[:, 0] - top[:, 1]).min())


def sample_indices(labels: npt.NDArray[np.integer[Any]]) -> list[int]:
    """The first ten test images of each class, in test order: balanced and not hand-picked."""
    taken = [0] * len(fashion_mnist.CLASSES)
    indices: list[int] = []
    for index, label in enumerate(labels):
        if taken[label] < SAMPLE_PER_CLASS:
            taken[label] += 1
            indices.append(index)
    return indices


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--network", choices=RECIPES, required=True)
    parser.add_argument("--epochs", type=int, help="instead of the recipe's")
    parser.add_argument(
        "--held-out", action="store_true", help="judge the recipe on 5,000 training images, write nothing"
    )
    parser.add_argument("--output", type=Path, default=ASSETS, help="folder (default: the zoo's assets)")
    arguments = parser.parse_args()
    name: str = arguments.network
    recipe = RECIPES[name]
    epochs: int = arguments.epochs or recipe.epochs

    torch.manual_seed(SEED)
    torch.set_num_threads(1)  # one thread fixes the order of every sum, hence the bits
    images, labels = tensors("train", recipe.frame)
    model = recipe.build().eval()
    model(images[:1])  # lazy layers learn their sizes
    recipe.initialise(model)
    if arguments.held_out:
        train(model, recipe, images[:55_000], labels[:55_000], epochs)
        correct, _ = count_correct(model, images[55_000:], labels[55_000:])
        print(f"held out: {correct / 5_000:.4f}")
        return
    train(model, recipe, images, labels, epochs)

    test_images, test_labels = tensors("t10k", recipe.frame)
    test_correct, _ = count_correct(model, test_images, test_labels)
    indices = sample_indices(test_labels.numpy())
    sample_images, sample_labels = test_images[indices], test_labels[indices]
    sample_correct, sample_margin = count_correct(model, sample_images, sample_labels)

    output: Path = arguments.output
    output.mkdir(parents=True, exist_ok=True)
    weights_file = output / f"{recipe.files}.safetensors"
    safetensors_io.write(
        weights_file,
        {
            key: tensor.numpy()
            for key, tensor in model.state_dict().items()
            if not key.endswith("num_batches_tracked")  # inference has no use for it
        },
        {"model": name, "dataset": "Fashion-MNIST", "license": "Apache-2.0"},
    )
    safetensors_io.write(
        output / recipe.sample,
        {
            "images": sample_images.numpy(),
            "labels": sample_labels.numpy().astype(np.int32),
            "indices": np.array(indices, dtype=np.int32),
        },
        {"dataset": "Fashion-MNIST", "license": "MIT, Copyright 2017 Zalando SE"},
    )
    (output / LICENSE).write_text(FASHION_MNIST_LICENSE, encoding="utf-8")

    content = weights_file.read_bytes()
    metadata = {
        "model": name,
        "file": weights_file.name,
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "license": "Apache-2.0",
        "dataset": "Fashion-MNIST",
        "classes": fashion_mnist.CLASSES,
        "input": {
            "shape": ["N", *images.shape[1:]],
            "scaling": "byte / 255, in [0, 1]; no mean, no standard deviation; white garment on black",
            **({"frame": f"{recipe.frame} black pixels on each side"} if recipe.frame else {}),
        },
        "accuracy": {
            "dataset": "Fashion-MNIST test set",
            "images": len(test_labels),
            "correct": test_correct,
            "top1": test_correct / len(test_labels),
        },
        "sample": {
            "file": recipe.sample,
            "license": "MIT, see " + LICENSE,
            "images": len(indices),
            "correct": sample_correct,
            "top1": sample_correct / len(indices),
            "smallestMargin": round(sample_margin, 6),
        },
        "recipe": {
            "script": "goldens/generator/train.py",
            "framework": f"PyTorch {torch.__version__}, CPU, one thread",
            "seed": SEED,
            "initialisation": recipe.initialisation,
            "optimiser": recipe.optimiser,
            "schedule": f"one cycle, peak learning rate {recipe.peak_rate}, warm-up {recipe.warm_up:.0%}",
            "epochs": epochs,
            "batch": recipe.batch,
            "augmentation": "each image mirrored left to right with probability 0.5",
            "trainingImages": len(labels),
            "selection": recipe.selection,
        },
    }
    text = json.dumps(metadata, indent=2, ensure_ascii=False)
    weights_file.with_suffix(".json").write_text(text + "\n", encoding="utf-8")
    print(f"test: {test_correct / len(test_labels):.4f}, sample: {sample_correct}/{len(indices)}")


if __name__ == "__main__":
    main()
