"""The reference networks in PyTorch: torchvision's own, the book's, two papers' and Google's, by their names in the zoo."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import torchvision
from torch import nn

import book_models
import paper_models
import tensorflow_models

OWN: dict[str, Callable[[], nn.Module]] = {
    "d2l/lenet": book_models.lenet,
    "d2l/alexnet": book_models.alexnet,
    "d2l/nin": book_models.nin,
    "d2l/vgg11": lambda: book_models.vgg(book_models.VGG11),
    "d2l/vgg11-small": lambda: book_models.vgg([(n, c // 4) for n, c in book_models.VGG11]),
    "d2l/googlenet": book_models.googlenet,
    "d2l/resnet18": book_models.resnet18,
    "d2l/densenet": book_models.densenet,
    "lenet5": paper_models.LeNet5,
    "alexnet_2012": paper_models.alexnet_2012,
    **{f"efficientnet_lite{size}": partial(tensorflow_models.efficientnet_lite, size) for size in range(5)},
}

# Networks whose initial weights take long to draw; all weights are replaced anyway.
SLOW_TO_INITIALISE = ("vgg", "googlenet", "inception_v3")


def build(name: str, options: dict[str, bool]) -> nn.Module:
    """The network in float64, ready for inference; options as in the zoo."""
    if name in OWN:
        return OWN[name]().double().eval()
    arguments: dict[str, bool] = {}
    if name.startswith(SLOW_TO_INITIALISE):
        arguments["init_weights"] = False
    if name in ("googlenet", "inception_v3"):
        arguments["aux_logits"] = options.get("auxiliary", False)
        arguments["transform_input"] = options.get("transformInput", False)
    return torchvision.models.get_model(name, weights=None, **arguments).double().eval()
