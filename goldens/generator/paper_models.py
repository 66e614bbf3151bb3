"""Networks as their papers describe them, where no library has them."""

from __future__ import annotations

from collections import OrderedDict

import numpy as np
import torch
from torch import Tensor, nn


def float32(value: float) -> float:
    """Constants and attributes of isoconv are float32."""
    return float(np.float32(value))


class Subsampling(nn.Conv2d):
    """The sum of each 2×2 window, times a coefficient a map, plus a bias a map."""

    def __init__(self, maps: int) -> None:
        super().__init__(maps, maps, kernel_size=1, groups=maps)

    def forward(self, x: Tensor) -> Tensor:
        return super().forward(4 * nn.functional.avg_pool2d(x, 2))


class RadialBasis(nn.Module):
    """Negated squared distances to a code vector a class."""

    def __init__(self, features: int, classes: int) -> None:
        super().__init__()
        self.register_buffer("centers", torch.zeros(classes, features))

    def forward(self, x: Tensor) -> Tensor:
        return -((x[:, None, :] - self.centers) ** 2).sum(dim=2)


class LeNet5(nn.Module):
    """LeCun, Bottou, Bengio and Haffner (1998); every layer up to F6 is squashed."""

    # Table I of the paper, a row for each map of C3.
    SEEN = ["012", "123", "234", "345", "045", "015"]
    SEEN += ["0123", "1234", "2345", "0345", "0145", "0125", "0134", "1245", "0235"]
    SEEN += ["012345"]

    def __init__(self) -> None:
        super().__init__()
        self.c1 = nn.Conv2d(1, 6, 5)
        self.s2 = Subsampling(6)
        # Maps that see equally many others are one grouped convolution.
        self.c3 = nn.ModuleList(
            [nn.Conv2d(18, 6, 5, groups=6), nn.Conv2d(36, 9, 5, groups=9), nn.Conv2d(6, 1, 5)]
        )
        self.s4 = Subsampling(16)
        self.c5 = nn.Conv2d(16, 120, 5)
        self.f6 = nn.Linear(120, 84)
        self.output = RadialBasis(84, 10)

    @staticmethod
    def squash(x: Tensor) -> Tensor:
        return float32(1.7159) * torch.tanh(float32(2 / 3) * x)

    def partial(self, x: Tensor) -> Tensor:
        maps = []
        for index, seen in enumerate(self.SEEN):
            group = {3: 0, 4: 1, 6: 2}[len(seen)]
            convolution = self.c3[group]
            row = index - (0, 6, 15)[group]
            inputs = x[:, [int(digit) for digit in seen]]
            weight, bias = convolution.weight[row : row + 1], convolution.bias[row : row + 1]
            maps.append(nn.functional.conv2d(inputs, weight, bias))
        return torch.cat(maps, dim=1)

    def forward(self, x: Tensor) -> Tensor:
        x = self.squash(self.s2(self.squash(self.c1(x))))
        x = self.squash(self.s4(self.squash(self.partial(x))))
        x = self.squash(self.c5(x)).flatten(1)
        return self.output(self.squash(self.f6(x)))


def alexnet_2012() -> nn.Module:
    """Krizhevsky, Sutskever and Hinton (2012): α weighs the plain sum of squares, which PyTorch divides by the size."""

    def dampen() -> nn.Module:
        return nn.LocalResponseNorm(5, alpha=float32(5 * 1e-4), beta=0.75, k=2)

    def pool() -> nn.Module:
        return nn.MaxPool2d(3, stride=2)

    features = nn.Sequential(
        *[nn.Conv2d(3, 96, 11, stride=4), nn.ReLU(), dampen(), pool()],
        *[nn.Conv2d(96, 256, 5, padding=2, groups=2), nn.ReLU(), dampen(), pool()],
        *[nn.Conv2d(256, 384, 3, padding=1), nn.ReLU()],
        *[nn.Conv2d(384, 384, 3, padding=1, groups=2), nn.ReLU()],
        *[nn.Conv2d(384, 256, 3, padding=1, groups=2), nn.ReLU(), pool()],
    )
    classifier = nn.Sequential(
        *[nn.LazyLinear(4096), nn.ReLU(), nn.Dropout()],
        *[nn.Linear(4096, 4096), nn.ReLU(), nn.Dropout()],
        nn.Linear(4096, 1000),
    )
    return nn.Sequential(OrderedDict(features=features, flatten=nn.Flatten(), classifier=classifier))
