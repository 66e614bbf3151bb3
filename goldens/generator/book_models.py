"""The networks of "Dive into Deep Learning" (PyTorch edition, 10 classes, 1 channel), as its text defines them.

Children are numbered as in the book's ``nn.Sequential``, so their state_dict keys are its keys. Linear layers behind a
flatten are lazy: they take their features from the first image.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn


def lenet() -> nn.Sequential:
    """Sigmoids and average pools."""
    return nn.Sequential(
        nn.Conv2d(1, 6, kernel_size=5, padding=2),
        nn.Sigmoid(),
        nn.AvgPool2d(kernel_size=2, stride=2),
        nn.Conv2d(6, 16, kernel_size=5),
        nn.Sigmoid(),
        nn.AvgPool2d(kernel_size=2, stride=2),
        nn.Flatten(),
        nn.LazyLinear(120),
        nn.Sigmoid(),
        nn.Linear(120, 84),
        nn.Sigmoid(),
        nn.Linear(84, 10),
    )


def dense_head() -> list[nn.Module]:
    """Flatten and the three linear layers that AlexNet and VGG end in."""
    return [
        nn.Flatten(),
        nn.LazyLinear(4096),
        nn.ReLU(),
        nn.Dropout(0.5),
        nn.Linear(4096, 4096),
        nn.ReLU(),
        nn.Dropout(0.5),
        nn.Linear(4096, 10),
    ]


def alexnet() -> nn.Sequential:
    """conv1 is padded by 1; no local response normalisation."""
    pool = lambda: nn.MaxPool2d(kernel_size=3, stride=2)  # noqa: E731
    return nn.Sequential(
        *[nn.Conv2d(1, 96, kernel_size=11, stride=4, padding=1), nn.ReLU(), pool()],
        *[nn.Conv2d(96, 256, kernel_size=5, padding=2), nn.ReLU(), pool()],
        *[nn.Conv2d(256, 384, kernel_size=3, padding=1), nn.ReLU()],
        *[nn.Conv2d(384, 384, kernel_size=3, padding=1), nn.ReLU()],
        *[nn.Conv2d(384, 256, kernel_size=3, padding=1), nn.ReLU(), pool()],
        *dense_head(),
    )


VGG11 = ((1, 64), (1, 128), (2, 256), (2, 512), (2, 512))


def vgg(architecture: Sequence[tuple[int, int]]) -> nn.Sequential:
    """A block for each (convolutions, channels)."""
    blocks: list[nn.Module] = []
    inputs = 1
    for convolutions, channels in architecture:
        layers: list[nn.Module] = []
        for _ in range(convolutions):
            layers += [nn.Conv2d(inputs, channels, kernel_size=3, padding=1), nn.ReLU()]
            inputs = channels
        blocks.append(nn.Sequential(*layers, nn.MaxPool2d(kernel_size=2, stride=2)))
    return nn.Sequential(*blocks, *dense_head())


def nin() -> nn.Sequential:
    """Blocks of one window and two 1×1 convolutions; the last has a channel for each class."""

    def block(inputs: int, channels: int, window: int, stride: int, padding: int) -> nn.Sequential:
        layers: list[nn.Module] = [nn.Conv2d(inputs, channels, window, stride, padding), nn.ReLU()]
        for _ in range(2):
            layers += [nn.Conv2d(channels, channels, kernel_size=1), nn.ReLU()]
        return nn.Sequential(*layers)

    return nn.Sequential(
        block(1, 96, 11, stride=4, padding=0),
        nn.MaxPool2d(3, stride=2),
        block(96, 256, 5, stride=1, padding=2),
        nn.MaxPool2d(3, stride=2),
        block(256, 384, 3, stride=1, padding=1),
        nn.MaxPool2d(3, stride=2),
        nn.Dropout(0.5),
        block(384, 10, 3, stride=1, padding=1),
        nn.AdaptiveAvgPool2d((1, 1)),
        nn.Flatten(),
    )


class Inception(nn.Module):
    """Four branches with true 5×5 windows, biases and no batch norm."""

    def __init__(
        self, inputs: int, c1: int, c2: tuple[int, int], c3: tuple[int, int], c4: int
    ) -> None:
        super().__init__()
        self.p1_1 = nn.Conv2d(inputs, c1, kernel_size=1)
        self.p2_1 = nn.Conv2d(inputs, c2[0], kernel_size=1)
        self.p2_2 = nn.Conv2d(c2[0], c2[1], kernel_size=3, padding=1)
        self.p3_1 = nn.Conv2d(inputs, c3[0], kernel_size=1)
        self.p3_2 = nn.Conv2d(c3[0], c3[1], kernel_size=5, padding=2)
        self.p4_1 = nn.MaxPool2d(kernel_size=3, stride=1, padding=1)
        self.p4_2 = nn.Conv2d(inputs, c4, kernel_size=1)

    def forward(self, x: Tensor) -> Tensor:
        one = self.p1_1(x)
        three = self.p2_2(torch.relu(self.p2_1(x)))
        five = self.p3_2(torch.relu(self.p3_1(x)))
        pooled = self.p4_2(self.p4_1(x))
        return torch.relu(torch.cat([one, three, five, pooled], dim=1))


def googlenet() -> nn.Sequential:
    """For 96×96; pools are padded by 1 and round down."""
    pool = lambda: nn.MaxPool2d(kernel_size=3, stride=2, padding=1)  # noqa: E731
    return nn.Sequential(
        nn.Sequential(nn.Conv2d(1, 64, kernel_size=7, stride=2, padding=3), nn.ReLU(), pool()),
        nn.Sequential(
            nn.Conv2d(64, 64, kernel_size=1),
            nn.ReLU(),
            nn.Conv2d(64, 192, kernel_size=3, padding=1),
            nn.ReLU(),
            pool(),
        ),
        nn.Sequential(
            Inception(192, 64, (96, 128), (16, 32), 32),
            Inception(256, 128, (128, 192), (32, 96), 64),
            pool(),
        ),
        nn.Sequential(
            Inception(480, 192, (96, 208), (16, 48), 64),
            Inception(512, 160, (112, 224), (24, 64), 64),
            Inception(512, 128, (128, 256), (24, 64), 64),
            Inception(512, 112, (144, 288), (32, 64), 64),
            Inception(528, 256, (160, 320), (32, 128), 128),
            pool(),
        ),
        nn.Sequential(
            Inception(832, 256, (160, 320), (32, 128), 128),
            Inception(832, 384, (192, 384), (48, 128), 128),
            nn.AdaptiveAvgPool2d((1, 1)),
            nn.Flatten(),
        ),
        nn.Linear(1024, 10),
    )


class Residual(nn.Module):
    """Convolutions have a bias, the 1×1 shortcut has no batch norm."""

    def __init__(self, inputs: int, outputs: int, stride: int = 1, project: bool = False) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, kernel_size=3, padding=1, stride=stride)
        self.conv2 = nn.Conv2d(outputs, outputs, kernel_size=3, padding=1)
        self.conv3 = nn.Conv2d(inputs, outputs, kernel_size=1, stride=stride) if project else None
        self.bn1 = nn.BatchNorm2d(outputs)
        self.bn2 = nn.BatchNorm2d(outputs)

    def forward(self, x: Tensor) -> Tensor:
        y = torch.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        shortcut = x if self.conv3 is None else self.conv3(x)
        return torch.relu(y + shortcut)


def stem() -> nn.Sequential:
    """What ResNet and DenseNet start with."""
    return nn.Sequential(
        nn.Conv2d(1, 64, kernel_size=7, stride=2, padding=3),
        nn.BatchNorm2d(64),
        nn.ReLU(),
        nn.MaxPool2d(kernel_size=3, stride=2, padding=1),
    )


def resnet18() -> nn.Sequential:
    """Stem `0`, stages `1` … `4` of two blocks, pool `5`, linear `7`."""

    def stage(inputs: int, outputs: int) -> nn.Sequential:
        return nn.Sequential(
            Residual(inputs, outputs, stride=2, project=True), Residual(outputs, outputs)
        )

    return nn.Sequential(
        stem(),
        nn.Sequential(Residual(64, 64), Residual(64, 64)),
        stage(64, 128),
        stage(128, 256),
        stage(256, 512),
        nn.AdaptiveAvgPool2d((1, 1)),
        nn.Flatten(),
        nn.Linear(512, 10),
    )


class DenseBlock(nn.Module):
    """Each convolution adds ``growth`` channels to all before it; no bottleneck."""

    def __init__(self, convolutions: int, inputs: int, growth: int) -> None:
        super().__init__()
        self.net = nn.Sequential()
        for index in range(convolutions):
            channels = inputs + index * growth
            self.net.append(
                nn.Sequential(
                    nn.BatchNorm2d(channels),
                    nn.ReLU(),
                    nn.Conv2d(channels, growth, kernel_size=3, padding=1),
                )
            )

    def forward(self, x: Tensor) -> Tensor:
        for convolution in self.net:
            x = torch.cat([x, convolution(x)], dim=1)
        return x


def densenet() -> nn.Sequential:
    """Growth 32, four blocks of four convolutions."""
    growth, convolutions, channels = 32, 4, 64
    layers: list[nn.Module] = [stem()]
    for index in range(4):
        layers.append(DenseBlock(convolutions, channels, growth))
        channels += convolutions * growth
        if index < 3:
            layers.append(
                nn.Sequential(
                    nn.BatchNorm2d(channels),
                    nn.ReLU(),
                    nn.Conv2d(channels, channels // 2, kernel_size=1),
                    nn.AvgPool2d(kernel_size=2, stride=2),
                )
            )
            channels //= 2
    return nn.Sequential(
        *layers,
        nn.BatchNorm2d(channels),
        nn.ReLU(),
        nn.AdaptiveAvgPool2d((1, 1)),
        nn.Flatten(),
        nn.Linear(channels, 10),
    )
