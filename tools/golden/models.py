"""The reference networks in PyTorch, with the state_dict names the TypeScript zoo has to match.

``d2l/*`` are the networks of "Dive into Deep Learning" (PyTorch edition, 10 classes, 1 channel);
``resnet18`` is torchvision's (v1.5), written out here because Debian does not package torchvision.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn


def d2l_lenet() -> nn.Sequential:
    """LeNet with sigmoids and average pools; input [N, 1, 28, 28]."""
    return nn.Sequential(
        nn.Conv2d(1, 6, kernel_size=5, padding=2),
        nn.Sigmoid(),
        nn.AvgPool2d(kernel_size=2, stride=2),
        nn.Conv2d(6, 16, kernel_size=5),
        nn.Sigmoid(),
        nn.AvgPool2d(kernel_size=2, stride=2),
        nn.Flatten(),
        nn.Linear(16 * 5 * 5, 120),
        nn.Sigmoid(),
        nn.Linear(120, 84),
        nn.Sigmoid(),
        nn.Linear(84, 10),
    )


class D2lResidual(nn.Module):
    """The book's residual block: convolutions have a bias, the 1×1 shortcut has no batch norm."""

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


def d2l_resnet18() -> nn.Sequential:
    """The book's ResNet-18: stem `0`, stages `1` … `4` of two blocks, pool `5`, linear `7`."""

    def stage(inputs: int, outputs: int, first: bool = False) -> nn.Sequential:
        return nn.Sequential(
            D2lResidual(inputs, outputs)
            if first
            else D2lResidual(inputs, outputs, stride=2, project=True),
            D2lResidual(outputs, outputs),
        )

    stem = nn.Sequential(
        nn.Conv2d(1, 64, kernel_size=7, stride=2, padding=3),
        nn.BatchNorm2d(64),
        nn.ReLU(),
        nn.MaxPool2d(kernel_size=3, stride=2, padding=1),
    )
    return nn.Sequential(
        stem,
        stage(64, 64, first=True),
        stage(64, 128),
        stage(128, 256),
        stage(256, 512),
        nn.AdaptiveAvgPool2d((1, 1)),
        nn.Flatten(),
        nn.Linear(512, 10),
    )


class BasicBlock(nn.Module):
    """torchvision's BasicBlock: convolutions without bias, batch norm on the shortcut too."""

    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.downsample: nn.Sequential | None = None
        if stride != 1 or inputs != outputs:
            self.downsample = nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride=stride, bias=False),
                nn.BatchNorm2d(outputs),
            )

    def forward(self, x: Tensor) -> Tensor:
        y = torch.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        shortcut = x if self.downsample is None else self.downsample(x)
        return torch.relu(y + shortcut)


class ResNet18(nn.Module):
    """torchvision's resnet18."""

    def __init__(self, classes: int = 1000) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 7, stride=2, padding=3, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        self.maxpool = nn.MaxPool2d(3, stride=2, padding=1)
        self.layer1 = nn.Sequential(BasicBlock(64, 64, 1), BasicBlock(64, 64, 1))
        self.layer2 = nn.Sequential(BasicBlock(64, 128, 2), BasicBlock(128, 128, 1))
        self.layer3 = nn.Sequential(BasicBlock(128, 256, 2), BasicBlock(256, 256, 1))
        self.layer4 = nn.Sequential(BasicBlock(256, 512, 2), BasicBlock(512, 512, 1))
        self.avgpool = nn.AdaptiveAvgPool2d((1, 1))
        self.fc = nn.Linear(512, classes)

    def forward(self, x: Tensor) -> Tensor:
        x = self.maxpool(torch.relu(self.bn1(self.conv1(x))))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(torch.flatten(self.avgpool(x), 1))


@dataclass(frozen=True)
class ReferenceModel:
    """A network and the number of trainable parameters it must have."""

    build: Callable[[], nn.Module]
    parameters: int


MODELS: dict[str, ReferenceModel] = {
    "d2l/lenet": ReferenceModel(d2l_lenet, 61_706),
    "d2l/resnet18": ReferenceModel(d2l_resnet18, 11_178_378),
    "resnet18": ReferenceModel(ResNet18, 11_689_512),
}


@dataclass(frozen=True)
class ModelCase:
    """A network on one input; ``activations`` are module paths whose outputs are stored as well."""

    id: str
    model: str
    input_shape: list[int]
    activations: list[str]


# Activations are late or small ones: enough to say which stage went wrong, at most ~100 kB each.
MODEL_CASES: list[ModelCase] = [
    ModelCase("d2l-lenet-2x1x28x28", "d2l/lenet", [2, 1, 28, 28], ["2", "3", "5", "9"]),
    ModelCase("d2l-resnet18-1x1x96x96", "d2l/resnet18", [1, 1, 96, 96], ["3", "4", "5"]),
    ModelCase("d2l-resnet18-2x1x33x47", "d2l/resnet18", [2, 1, 33, 47], ["1", "3", "4", "5"]),
    ModelCase("resnet18-1x3x33x37", "resnet18", [1, 3, 33, 37], ["layer1", "layer2", "layer3", "avgpool"]),
    ModelCase("resnet18-2x3x64x64", "resnet18", [2, 3, 64, 64], ["layer3", "layer4", "avgpool"]),
    ModelCase("resnet18-1x3x224x224", "resnet18", [1, 3, 224, 224], ["avgpool"]),
]
