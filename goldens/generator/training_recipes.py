"""How each network of the zoo that comes with trained weights is trained on Fashion-MNIST."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import nn
from torch.optim import Optimizer

import book_models


@dataclass(frozen=True)
class Recipe:
    """All that differs between two networks' training, and the words for it in their metadata."""

    build: Callable[[], nn.Module]
    files: str
    """What the names of the weights and of their metadata start with."""
    sample: str
    """File of the sample images, framed as the network takes them."""
    frame: int
    """Black pixels added on each side of the 28×28 images."""
    initialise: Callable[[nn.Module], None]
    initialisation: str
    optimizer: Callable[[nn.Module, float], Optimizer]
    """From the model and the peak learning rate."""
    optimiser: str
    peak_rate: float
    warm_up: float
    """Share of the steps in which the learning rate rises."""
    epochs: int
    batch: int
    selection: str


def xavier(model: nn.Module) -> None:
    """As in the book: with PyTorch's default the sigmoids barely start to learn."""
    for module in model.modules():
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            nn.init.xavier_uniform_(module.weight)
            nn.init.zeros_(module.bias)


def as_built(_: nn.Module) -> None:
    """PyTorch's own initialisation will do where batch norms set the scale."""


LENET = Recipe(
    build=book_models.lenet,
    files="d2l-lenet-fashion-mnist",
    sample="fashion-mnist-100.safetensors",
    frame=0,
    initialise=xavier,
    initialisation="Xavier uniform, biases 0",
    optimizer=lambda model, rate: torch.optim.Adam(model.parameters(), lr=rate),
    optimiser="Adam",
    peak_rate=0.01,
    warm_up=0.15,
    epochs=36,
    batch=128,
    selection="last epoch; learning rate and mirroring chosen on 5,000 held-out training images",
)

DENSENET = Recipe(
    build=book_models.densenet,
    files="d2l-densenet-fashion-mnist",
    sample="fashion-mnist-100-framed.safetensors",
    # The network halves the image five times and needs 29×29 at least; 32×32 halves evenly to one pixel.
    frame=2,
    initialise=as_built,
    initialisation="PyTorch's default",
    optimizer=lambda model, rate: torch.optim.SGD(
        model.parameters(), lr=rate, momentum=0.9, weight_decay=5e-4, nesterov=True
    ),
    optimiser="SGD, Nesterov momentum 0.85 to 0.95 against the learning rate, weight decay 0.0005",
    peak_rate=0.1,
    warm_up=0.25,
    epochs=12,
    batch=128,
    selection="last epoch; a usual recipe, nothing was tuned",
)

RECIPES = {"d2l/lenet": LENET, "d2l/densenet": DENSENET}
