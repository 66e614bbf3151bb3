"""Which network runs on which image, and what is kept of it.

The small tier is what tests run; the full tier has every network at 224×224 or at the size it was published for.
Odd, unequal extents show a mistake in a pad or an axis that square even ones hide.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field


# Weights of variance gain / fan_in keep a signal's size through ReLU layers when the gain is 2.
HE_GAIN = 2.0


@dataclass(frozen=True)
class ModelCase:
    """A network on a batch of images; ``activations`` are module paths whose outputs are sampled as well."""

    model: str
    input_shape: list[int]
    activations: list[str]
    options: dict[str, bool] = field(default_factory=dict)
    gain: float = HE_GAIN

    @property
    def id(self) -> str:
        """Such as ``resnet18-1x3x33x37``."""
        name = self.model.replace("/", "-")
        options = "".join(f"-{option}" for option in self.options)
        return f"{name}{options}-{'x'.join(map(str, self.input_shape))}"


@dataclass(frozen=True)
class Family:
    """Networks that share sizes and module paths."""

    models: Sequence[str]
    small: list[int]
    full: list[int]
    activations: list[str]
    gain: float = HE_GAIN

    def case(self, model: str, tier: str) -> ModelCase:
        """The family's case of one of its networks."""
        shape = self.small if tier == "small" else self.full
        return ModelCase(model, shape, self.activations, gain=self.gain)


RESNETS = [
    *[f"resnet{layers}" for layers in (18, 34, 50, 101, 152)],
    *["resnext50_32x4d", "resnext101_32x8d", "resnext101_64x4d"],
    *["wide_resnet50_2", "wide_resnet101_2"],
]
IMAGENET = [1, 3, 224, 224]

FAMILIES: list[Family] = [
    Family(["d2l/lenet"], [2, 1, 28, 28], [2, 1, 28, 28], ["2", "3", "5", "9"]),
    Family(["d2l/alexnet"], [1, 1, 79, 95], [1, 1, 224, 224], ["2", "5", "12", "14"]),
    Family(["d2l/nin"], [2, 1, 79, 95], [1, 1, 224, 224], ["0", "3", "5", "7"]),
    Family(["d2l/vgg11", "d2l/vgg11-small"], [1, 1, 37, 65], [1, 1, 224, 224], ["1", "2", "4", "6"]),
    Family(["d2l/googlenet"], [2, 1, 33, 47], [1, 1, 96, 96], ["1", "2", "3", "4"]),
    Family(["d2l/resnet18"], [2, 1, 33, 47], [1, 1, 96, 96], ["1", "3", "4", "5"]),
    Family(["d2l/densenet"], [2, 1, 33, 47], [1, 1, 96, 96], ["1", "4", "7", "8"]),
    Family(["lenet5"], [2, 1, 32, 32], [2, 1, 32, 32], ["s2", "s4", "c5", "f6"]),
    Family(
        ["alexnet_2012"], [1, 3, 67, 83], [1, 3, 227, 227], ["features.3", "features.7", "features.14"]
    ),
    Family(
        ["alexnet"], [1, 3, 63, 79], IMAGENET, ["features.2", "features.5", "avgpool", "classifier.2"]
    ),
    Family(
        [f"vgg{layers}{norm}" for layers in (11, 13, 16, 19) for norm in ("", "_bn")],
        [1, 3, 33, 47],
        IMAGENET,
        ["features.2", "features.9", "avgpool", "classifier.1"],
    ),
    Family(
        ["googlenet"], [2, 3, 33, 47], IMAGENET, ["conv3", "inception3b", "inception4e", "inception5b"]
    ),
    Family(
        ["inception_v3"], [1, 3, 75, 91], [1, 3, 299, 299], ["Mixed_5b", "Mixed_6a", "Mixed_6e", "Mixed_7c"]
    ),
    Family(RESNETS, [1, 3, 33, 37], IMAGENET, ["layer1", "layer2", "layer3", "avgpool"]),
    Family(
        [f"densenet{layers}" for layers in (121, 161, 169, 201)],
        [1, 3, 33, 47],
        IMAGENET,
        ["features.denseblock1", "features.transition2", "features.denseblock3", "features.norm5"],
    ),
    Family(
        ["squeezenet1_0"], [2, 3, 33, 47], IMAGENET, ["features.3", "features.7", "features.12", "classifier.1"]
    ),
    Family(
        ["squeezenet1_1"], [2, 3, 33, 47], IMAGENET, ["features.3", "features.7", "features.12", "classifier.1"]
    ),
    Family(
        ["mobilenet_v2"], [2, 3, 33, 47], IMAGENET, ["features.1", "features.7", "features.14", "features.18"]
    ),
    Family(
        ["mobilenet_v3_small", "mobilenet_v3_large"],
        [2, 3, 33, 47],
        IMAGENET,
        ["features.1", "features.5", "features.10", "avgpool"],
    ),
    Family(
        ["shufflenet_v2_x0_5", "shufflenet_v2_x1_0", "shufflenet_v2_x1_5", "shufflenet_v2_x2_0"],
        [2, 3, 33, 47],
        IMAGENET,
        ["stage2", "stage3", "stage4", "conv5"],
    ),
    Family(
        [f"efficientnet_b{size}" for size in range(8)],
        [1, 3, 33, 47],
        IMAGENET,
        ["features.1", "features.3", "features.5", "features.7"],
        # With He's gain the sums of up to 55 residual blocks grow until the gates jump: rounding decides the logits.
        gain=1.5,
    ),
    Family(
        [f"convnext_{size}" for size in ("tiny", "small", "base", "large")],
        [1, 3, 37, 51],
        IMAGENET,
        ["features.1", "features.3", "features.5", "avgpool"],
    ),
    *[
        Family(
            [f"efficientnet_lite{size}"],
            # Even, odd, and odd further down: the pads differ.
            [[1, 3, 33, 47], [1, 3, 50, 38]][size % 2],
            [1, 3, resolution, resolution],
            ["features.1", "features.3", "features.5", "features.7"],
            gain=1.5,
        )
        for size, resolution in enumerate([224, 240, 260, 280, 300])
    ],
]

# What the families above do not reach.
MORE_SMALL: list[ModelCase] = [
    ModelCase("resnet18", [2, 3, 64, 64], ["layer3", "layer4", "avgpool"]),
    ModelCase("googlenet", [1, 3, 33, 37], ["inception3a"], {"transformInput": True}),
    ModelCase("googlenet", [1, 3, 33, 41], ["aux1", "aux2"], {"auxiliary": True}),
    ModelCase("inception_v3", [1, 3, 75, 79], ["Conv2d_1a_3x3"], {"transformInput": True}),
]
# The head of inception_v3 needs images of 283×283 or more.
MORE_FULL: list[ModelCase] = [
    ModelCase("inception_v3", [1, 3, 299, 299], ["AuxLogits"], {"auxiliary": True}),
]

CASES: dict[str, list[ModelCase]] = {
    tier: [family.case(model, tier) for family in FAMILIES for model in family.models] + more
    for tier, more in {"small": MORE_SMALL, "full": MORE_FULL}.items()
}

MOST_SAMPLES = 256


def sample_stride(count: int) -> int:
    """Every how many elements of an activation one is kept: a prime, so that samples fall on all rows and columns."""
    stride = math.ceil(count / MOST_SAMPLES)
    while any(stride % divisor == 0 for divisor in range(2, math.isqrt(stride) + 1)):
        stride += 1
    return stride
