"""Networks that Google published for TensorFlow, with the names of torchvision's relatives."""

from __future__ import annotations

import math
from collections import OrderedDict

import torch.nn.functional as F
from torch import Tensor, nn

EPSILON = 1e-3


class SameConv2d(nn.Conv2d):
    """TensorFlow's padding "SAME": ⌈n / stride⌉ windows, the odd zero at the end."""

    def forward(self, x: Tensor) -> Tensor:
        pads: list[int] = []
        # F.pad wants the last axis first.
        for extent, kernel, stride in reversed(list(zip(x.shape[2:], self.kernel_size, self.stride, strict=True))):
            total = max(0, (math.ceil(extent / stride) - 1) * stride + kernel - extent)
            pads += [total // 2, total - total // 2]
        return super().forward(F.pad(x, pads))


def convolution(
    inputs: int, outputs: int, kernel: int = 1, *, stride: int = 1, groups: int = 1, squash: bool = True
) -> nn.Sequential:
    layers: list[nn.Module] = [
        SameConv2d(inputs, outputs, kernel, stride=stride, groups=groups, bias=False),
        nn.BatchNorm2d(outputs, eps=EPSILON),
    ]
    return nn.Sequential(*layers, *([nn.ReLU6()] if squash else []))


class Block(nn.Module):
    """MBConv without squeeze and excitation."""

    def __init__(self, inputs: int, outputs: int, expansion: int, kernel: int, stride: int) -> None:
        super().__init__()
        wide = inputs * expansion
        expand = [] if expansion == 1 else [convolution(inputs, wide)]
        self.block = nn.Sequential(
            *expand,
            convolution(wide, wide, kernel, stride=stride, groups=wide),
            convolution(wide, outputs, squash=False),
        )
        self.is_residual = stride == 1 and inputs == outputs

    def forward(self, x: Tensor) -> Tensor:
        y = self.block(x)
        return x + y if self.is_residual else y


# Of efficientnet_lite_builder.py: factors of width and depth.
LITE = [(1.0, 1.0), (1.0, 1.1), (1.1, 1.2), (1.2, 1.4), (1.4, 1.8)]
# Its blocks: repeats, kernel, stride, expansion, filters.
BLOCKS = [
    (1, 3, 1, 1, 16),
    (2, 3, 2, 6, 24),
    (2, 5, 2, 6, 40),
    (3, 3, 2, 6, 80),
    (3, 5, 1, 6, 112),
    (4, 5, 2, 6, 192),
    (1, 3, 1, 6, 320),
]


def round_filters(filters: int, width: float) -> int:
    """round_filters of efficientnet_model.py with a divisor of 8."""
    filters_wide = filters * width
    rounded = max(8, int(filters_wide + 4) // 8 * 8)
    return rounded + 8 if rounded < 0.9 * filters_wide else rounded


def efficientnet_lite(size: int) -> nn.Module:
    """fix_head_stem: stem and head keep their width, the first and the last stage their depth."""
    width, depth = LITE[size]
    stages: list[nn.Module] = [convolution(3, 32, 3, stride=2)]
    filters = 32
    for index, (repeats, kernel, stride, expansion, outputs) in enumerate(BLOCKS):
        if 0 < index < len(BLOCKS) - 1:
            repeats = math.ceil(repeats * depth)
        blocks: list[nn.Module] = []
        for repeat in range(repeats):
            wide = round_filters(outputs, width)
            blocks.append(Block(filters, wide, expansion, kernel, stride if repeat == 0 else 1))
            filters = wide
        stages.append(nn.Sequential(*blocks))
    stages.append(convolution(filters, 1280))
    return nn.Sequential(
        OrderedDict(
            features=nn.Sequential(*stages),
            avgpool=nn.AdaptiveAvgPool2d(1),
            flatten=nn.Flatten(),
            classifier=nn.Sequential(nn.Dropout(), nn.Linear(1280, 1000)),
        )
    )
