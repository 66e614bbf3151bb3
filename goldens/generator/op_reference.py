"""What each op of the IR means, said with PyTorch in float64.

Only the translation of attributes is ours (explicit pads, ONNX's LRN for an even size); the numbers
come from PyTorch, so the goldens are independent of the TypeScript oracle they are held against.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

Inputs = Mapping[str, Any]
Attrs = Mapping[str, Any]
Kernel = Callable[[Inputs, Attrs], Tensor]


def _pad(x: Tensor, pads: list[int], value: float) -> Tensor:
    """Pads the two spatial axes; ours is [top, left, bottom, right], PyTorch's is last axis first."""
    top, left, bottom, right = pads
    return F.pad(x, [left, right, top, bottom], value=value)


def _pads(attrs: Attrs) -> list[int]:
    return attrs.get("pads", [0, 0, 0, 0])


def conv2d(inputs: Inputs, attrs: Attrs) -> Tensor:
    return F.conv2d(
        _pad(inputs["x"], _pads(attrs), 0.0),
        inputs["w"],
        inputs.get("bias"),
        stride=attrs.get("strides", [1, 1]),
        dilation=attrs.get("dilations", [1, 1]),
        groups=attrs.get("groups", 1),
    )


def conv_transpose2d(inputs: Inputs, attrs: Attrs) -> Tensor:
    """The full result, extended by outputPads, then cropped by pads: allows asymmetric crops."""
    full = F.conv_transpose2d(
        inputs["x"],
        inputs["w"],
        stride=attrs.get("strides", [1, 1]),
        dilation=attrs.get("dilations", [1, 1]),
        groups=attrs.get("groups", 1),
    )
    extra_height, extra_width = attrs.get("outputPads", [0, 0])
    top, left, bottom, right = _pads(attrs)
    y = F.pad(full, [-left, extra_width - right, -top, extra_height - bottom])
    if "bias" in inputs:
        y = y + inputs["bias"].reshape(1, -1, 1, 1)
    if top == bottom and left == right:
        native = F.conv_transpose2d(
            inputs["x"],
            inputs["w"],
            inputs.get("bias"),
            stride=attrs.get("strides", [1, 1]),
            padding=[top, left],
            output_padding=[extra_height, extra_width],
            dilation=attrs.get("dilations", [1, 1]),
            groups=attrs.get("groups", 1),
        )
        torch.testing.assert_close(y, native, rtol=1e-13, atol=1e-13)
    return y


def max_pool2d(inputs: Inputs, attrs: Attrs) -> Tensor:
    y = F.max_pool2d(
        _pad(inputs["x"], _pads(attrs), -torch.inf),
        attrs["kernel"],
        stride=attrs["strides"],
        dilation=attrs.get("dilations", [1, 1]),
    )
    assert torch.isfinite(y).all(), "a window lies entirely in the padding"
    return y


def avg_pool2d(inputs: Inputs, attrs: Attrs) -> Tensor:
    """Sum over count of real elements: padding is not counted, on whichever side it lies."""

    def window_sums(values: Tensor) -> Tensor:
        return F.avg_pool2d(
            _pad(values, _pads(attrs), 0.0),
            attrs["kernel"],
            stride=attrs["strides"],
            divisor_override=1,
        )

    return window_sums(inputs["x"]) / window_sums(torch.ones_like(inputs["x"]))


def batch_norm(inputs: Inputs, attrs: Attrs) -> Tensor:
    return F.batch_norm(
        inputs["x"],
        inputs["mean"],
        inputs["variance"],
        inputs.get("scale"),
        inputs.get("offset"),
        training=False,
        eps=attrs["epsilon"],
    )


def layer_norm(inputs: Inputs, attrs: Attrs) -> Tensor:
    """PyTorch normalises the last axes: the axis is moved there and back."""
    x = inputs["x"].movedim(attrs["axis"], -1)
    y = F.layer_norm(x, x.shape[-1:], inputs.get("scale"), inputs.get("offset"), attrs["epsilon"])
    return y.movedim(-1, attrs["axis"])


def lrn(inputs: Inputs, attrs: Attrs) -> Tensor:
    """ONNX's window, c − ⌊(size − 1)/2⌋ … c + ⌈(size − 1)/2⌉, which PyTorch shares for odd sizes only."""
    x: Tensor = inputs["x"]
    size: int = attrs["size"]
    alpha, beta, bias = attrs.get("alpha", 1e-4), attrs.get("beta", 0.75), attrs.get("bias", 1.0)
    channels = x.shape[1]
    before = (size - 1) // 2
    after = size - 1 - before
    sums = torch.stack(
        [
            x[:, max(0, c - before) : min(channels, c + after + 1)].square().sum(dim=1)
            for c in range(channels)
        ],
        dim=1,
    )
    y = x / (bias + alpha / size * sums).pow(beta)
    if size % 2 == 1:
        native = F.local_response_norm(x, size, alpha=alpha, beta=beta, k=bias)
        torch.testing.assert_close(y, native, rtol=1e-13, atol=1e-13)
    return y


def upsample(inputs: Inputs, attrs: Attrs) -> Tensor:
    scale_height, scale_width = attrs["scales"]
    return inputs["x"].repeat_interleave(scale_height, dim=2).repeat_interleave(scale_width, dim=3)


def slice_(inputs: Inputs, attrs: Attrs) -> Tensor:
    """Cuts each named axis; without names the axes are 0, 1, … in order."""
    starts, ends = attrs["starts"], attrs["ends"]
    y: Tensor = inputs["x"]
    for axis, start, end in zip(attrs.get("axes", range(len(starts))), starts, ends):
        y = y.narrow(axis, start, end - start)
    return y


KERNELS: dict[str, Kernel] = {
    "conv2d": conv2d,
    "convTranspose2d": conv_transpose2d,
    "maxPool2d": max_pool2d,
    "avgPool2d": avg_pool2d,
    "globalAvgPool2d": lambda i, a: i["x"].mean(dim=(2, 3), keepdim=True),
    "adaptiveAvgPool2d": lambda i, a: F.adaptive_avg_pool2d(i["x"], a["outputSize"]),
    "batchNorm": batch_norm,
    "layerNorm": layer_norm,
    "linear": lambda i, a: F.linear(i["x"], i["w"], i.get("bias")),
    "concat": lambda i, a: torch.cat(i["xs"], dim=a["axis"]),
    "add": lambda i, a: i["a"] + i["b"],
    "mul": lambda i, a: i["a"] * i["b"],
    "sigmoid": lambda i, a: torch.sigmoid(i["x"]),
    "tanh": lambda i, a: torch.tanh(i["x"]),
    "hardSwish": lambda i, a: F.hardswish(i["x"]),
    "hardSigmoid": lambda i, a: F.hardsigmoid(i["x"]),
    "elu": lambda i, a: F.elu(i["x"], a.get("alpha", 1.0)),
    "leakyRelu": lambda i, a: F.leaky_relu(i["x"], a.get("slope", 0.01)),
    "clip": lambda i, a: i["x"].clamp(a.get("min"), a.get("max")),
    "softmax": lambda i, a: F.softmax(i["x"], dim=a["axis"]),
    "logSoftmax": lambda i, a: F.log_softmax(i["x"], dim=a["axis"]),
    "lrn": lrn,
    "flatten": lambda i, a: i["x"].flatten(a.get("axis", 1)),
    "reshape": lambda i, a: i["x"].reshape(a["shape"]),
    "transpose": lambda i, a: i["x"].permute(a["permutation"]),
    "pad2d": lambda i, a: _pad(i["x"], a["pads"], a.get("value", 0.0)),
    "slice": slice_,
    "mean": lambda i, a: i["x"].mean(dim=a["axes"], keepdim=a.get("keepDims", False)),
    "upsample": upsample,
    "dropout": lambda i, a: F.dropout(i["x"], a.get("p", 0.5), training=False),
}


def evaluate(op: str, inputs: Inputs, attrs: Attrs) -> Tensor:
    """The float64 value of one op. An op that is not in KERNELS is PyTorch's function of that name, on the operands in order."""
    if op in KERNELS:
        return KERNELS[op](inputs, attrs)
    assert not attrs, f"{op} has attributes: say in KERNELS how PyTorch takes them"
    return getattr(F, op)(*inputs.values())
