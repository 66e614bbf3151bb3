"""The op cases: shapes and attributes only; the generator makes the values.

An id says what is special about the case. Those marked "trap" in a comment each broke a real project.
Attributes that equal their default are left out on purpose, so defaults are tested too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Union

Shape = list[int]
Range = tuple[float, float]
InputShapes = Mapping[str, Union[Shape, list[Shape]]]

DEFAULT_RANGE: Range = (-1.0, 1.0)


@dataclass(frozen=True)
class OpCase:
    """One op on generated operands."""

    id: str
    op: str
    inputs: InputShapes
    attrs: Mapping[str, Any] = field(default_factory=dict)
    ranges: Mapping[str, Range] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        entry: dict[str, Any] = {"id": self.id, "op": self.op, "inputs": dict(self.inputs)}
        if self.ranges:
            entry["ranges"] = {name: list(bounds) for name, bounds in self.ranges.items()}
        entry["attrs"] = dict(self.attrs)
        return entry


def _conv(
    op: str, name: str, x: Shape, w: Shape, bias: int | None = None, **attrs: Any
) -> OpCase:
    inputs: dict[str, Shape] = {"x": x, "w": w}
    if bias is not None:
        inputs["bias"] = [bias]
    return OpCase(f"{op}/{name}", op, inputs, attrs)


def _unary(
    op: str, name: str, x: Shape, x_range: Range | None = None, **attrs: Any
) -> OpCase:
    return OpCase(f"{op}/{name}", op, {"x": x}, attrs, {"x": x_range} if x_range else {})


def _conv2d_cases() -> list[OpCase]:
    def case(name: str, x: Shape, w: Shape, bias: int | None = None, **attrs: Any) -> OpCase:
        return _conv("conv2d", name, x, w, bias, **attrs)

    return [
        case("k1", [2, 3, 5, 7], [4, 3, 1, 1], 4),
        case("k1-s2", [1, 4, 8, 7], [6, 4, 1, 1], 6, strides=[2, 2]),  # trap: 1×1 with stride
        case("k3", [2, 3, 6, 7], [4, 3, 3, 3], 4),
        case("k3-no-bias", [2, 3, 6, 7], [4, 3, 3, 3]),
        case("k3-p1", [2, 3, 7, 5], [4, 3, 3, 3], 4, pads=[1, 1, 1, 1]),
        case("k5x3", [1, 2, 9, 8], [3, 2, 5, 3], 3, pads=[2, 1, 2, 1]),
        # trap: not the same as SAME_UPPER, which pads an even input at the end only
        case("k3-s2-p1-even", [1, 3, 8, 8], [4, 3, 3, 3], 4, strides=[2, 2], pads=[1, 1, 1, 1]),
        case("k3-s2-same-upper-even", [1, 3, 8, 8], [4, 3, 3, 3], 4, strides=[2, 2], pads=[0, 0, 1, 1]),
        case("k3-s2-p1-odd", [1, 3, 9, 7], [4, 3, 3, 3], 4, strides=[2, 2], pads=[1, 1, 1, 1]),
        case("k7-s2-p3-stem", [1, 3, 17, 18], [8, 3, 7, 7], strides=[2, 2], pads=[3, 3, 3, 3]),
        case("k11-s4-p1", [1, 1, 28, 27], [4, 1, 11, 11], 4, strides=[4, 4], pads=[1, 1, 1, 1]),
        case("strides-differ", [1, 2, 9, 11], [3, 2, 3, 3], 3, strides=[1, 3], pads=[1, 0, 1, 0]),
        case("pads-asymmetric", [1, 2, 5, 6], [3, 2, 4, 5], 3, pads=[0, 1, 2, 3]),
        case("pads-bottom-only", [1, 2, 5, 6], [3, 2, 4, 1], 3, pads=[0, 0, 3, 0]),
        case("dilation2", [1, 2, 9, 10], [3, 2, 3, 3], 3, dilations=[2, 2], pads=[2, 2, 2, 2]),
        case("dilations-differ", [1, 2, 9, 10], [3, 2, 3, 3], 3, dilations=[3, 1]),
        case("s2-dilation2", [1, 3, 11, 12], [4, 3, 3, 3], 4, strides=[2, 2], dilations=[2, 2], pads=[1, 1, 1, 1]),  # trap
        case("groups2", [2, 4, 5, 6], [6, 2, 3, 3], 6, pads=[1, 1, 1, 1], groups=2),
        case("groups32", [1, 64, 5, 5], [64, 2, 3, 3], pads=[1, 1, 1, 1], groups=32),  # trap
        case("depthwise", [2, 6, 7, 6], [6, 1, 3, 3], 6, pads=[1, 1, 1, 1], groups=6),
        case("depthwise-s2", [1, 6, 8, 9], [6, 1, 3, 3], strides=[2, 2], pads=[1, 1, 1, 1], groups=6),
        # trap: output channel o belongs to input channel ⌊o / multiplier⌋
        case("depthwise-multiplier2", [1, 5, 6, 7], [10, 1, 3, 3], 10, pads=[1, 1, 1, 1], groups=5),
        case("groups-s2-dilation2", [2, 6, 11, 13], [9, 2, 3, 3], 9, strides=[2, 2], dilations=[2, 2], pads=[2, 1, 1, 2], groups=3),
        case("dot4608", [1, 512, 4, 5], [8, 512, 3, 3], 8),  # trap: accumulation length
        case("kernel-over-input", [1, 2, 3, 2], [3, 2, 5, 5], 3, pads=[2, 2, 2, 2]),  # trap
        case("kernel-equals-input", [2, 3, 4, 5], [6, 3, 4, 5], 6),
        case("pixel", [2, 3, 1, 1], [4, 3, 3, 3], 4, pads=[1, 1, 1, 1]),
        case("batch0", [0, 3, 5, 6], [4, 3, 3, 3], 4, pads=[1, 1, 1, 1]),
    ]


def _conv_transpose2d_cases() -> list[OpCase]:
    def case(name: str, x: Shape, w: Shape, bias: int | None = None, **attrs: Any) -> OpCase:
        return _conv("convTranspose2d", name, x, w, bias, **attrs)

    return [
        case("k3", [2, 3, 4, 5], [3, 4, 3, 3], 4),
        case("k2-s2", [1, 4, 3, 5], [4, 2, 2, 2], 2, strides=[2, 2]),
        case("k4-s2-p1", [1, 3, 4, 3], [3, 2, 4, 4], strides=[2, 2], pads=[1, 1, 1, 1]),
        case("k3-s2-p1-output1", [1, 3, 4, 5], [3, 2, 3, 3], 2, strides=[2, 2], pads=[1, 1, 1, 1], outputPads=[1, 1]),
        case("output-beyond-full", [1, 2, 3, 4], [2, 3, 2, 2], 3, strides=[3, 3], outputPads=[2, 1]),
        case("pads-asymmetric", [1, 2, 4, 4], [2, 3, 4, 3], 3, strides=[2, 1], pads=[0, 1, 2, 0]),
        case("dilation2", [1, 2, 4, 3], [2, 3, 3, 2], 3, dilations=[2, 2]),
        case("groups2", [2, 4, 3, 4], [4, 3, 3, 3], 6, strides=[2, 2], pads=[1, 1, 1, 1], groups=2),
        case("depthwise", [1, 5, 4, 4], [5, 1, 4, 4], strides=[2, 2], pads=[1, 1, 1, 1], groups=5),
        case("groups-s2-dilation2", [1, 4, 4, 3], [4, 1, 3, 3], 2, strides=[2, 2], dilations=[2, 2], pads=[1, 2, 1, 2], outputPads=[1, 0], groups=2),
    ]


def _pool_cases() -> list[OpCase]:
    negative: Range = (-2.0, -1.0)

    def max_pool(name: str, x: Shape, x_range: Range | None = None, **attrs: Any) -> OpCase:
        return _unary("maxPool2d", name, x, x_range, **attrs)

    def avg_pool(name: str, x: Shape, **attrs: Any) -> OpCase:
        return _unary("avgPool2d", name, x, **attrs)

    return [
        max_pool("k2-s2", [2, 3, 6, 8], kernel=[2, 2], strides=[2, 2]),
        max_pool("k2-s2-odd", [2, 3, 7, 5], kernel=[2, 2], strides=[2, 2]),
        max_pool("k3-s2", [1, 3, 9, 8], kernel=[3, 3], strides=[2, 2]),
        max_pool("k3-s2-p1", [1, 3, 8, 8], kernel=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1]),  # trap
        max_pool("k3-s1-p1", [1, 2, 5, 6], kernel=[3, 3], strides=[1, 1], pads=[1, 1, 1, 1]),
        max_pool("k3x2-s1x3", [1, 2, 7, 8], kernel=[3, 2], strides=[1, 3]),
        # trap: padding is −∞, not 0
        max_pool("negative-k3-s2-p1", [1, 3, 8, 7], negative, kernel=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1]),
        max_pool("negative-k2-s2", [2, 2, 6, 6], negative, kernel=[2, 2], strides=[2, 2]),
        max_pool("negative-pads-asymmetric", [1, 2, 6, 7], negative, kernel=[3, 3], strides=[2, 2], pads=[0, 1, 2, 0]),
        max_pool("dilation2", [1, 2, 9, 8], kernel=[3, 3], strides=[1, 1], dilations=[2, 2]),
        max_pool("negative-dilation2-s2-p1", [1, 2, 9, 8], negative, kernel=[3, 2], strides=[2, 2], dilations=[2, 3], pads=[1, 1, 1, 1]),
        max_pool("kernel-over-input", [1, 2, 2, 3], kernel=[4, 4], strides=[1, 1], pads=[1, 1, 1, 1]),
        # trap: GoogLeNet's ceil pools (PyTorch's ceil_mode as explicit pads) at 112, 56, 54, 28
        max_pool("k3-s2-ceil-112x28", [1, 1, 112, 28], kernel=[3, 3], strides=[2, 2], pads=[0, 0, 1, 1]),
        max_pool("k3-s2-ceil-56x54", [1, 1, 56, 54], negative, kernel=[3, 3], strides=[2, 2], pads=[0, 0, 1, 1]),
        # trap: with ceil, a window that would start in the padding is dropped: 3, not 4
        max_pool("k2-s2-p1-ceil-5", [1, 2, 5, 5], negative, kernel=[2, 2], strides=[2, 2], pads=[1, 1, 1, 1]),
        avg_pool("k2-s2", [2, 3, 6, 8], kernel=[2, 2], strides=[2, 2]),
        avg_pool("k2-s2-odd", [2, 3, 7, 5], kernel=[2, 2], strides=[2, 2]),
        avg_pool("k3-s1-p1", [1, 3, 5, 6], kernel=[3, 3], strides=[1, 1], pads=[1, 1, 1, 1]),
        avg_pool("k3-s2-p1", [1, 3, 8, 7], kernel=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1]),
        avg_pool("k3x2-s1x3", [1, 2, 7, 8], kernel=[3, 2], strides=[1, 3]),
        avg_pool("pads-asymmetric", [1, 2, 6, 7], kernel=[3, 3], strides=[2, 2], pads=[0, 1, 2, 0]),
        avg_pool("k3-s2-ceil", [1, 2, 8, 6], kernel=[3, 3], strides=[2, 2], pads=[0, 0, 1, 1]),
        avg_pool("k3-s2-p1-ceil", [1, 2, 6, 8], kernel=[3, 3], strides=[2, 2], pads=[1, 1, 2, 2]),
        avg_pool("kernel-over-input", [1, 2, 2, 3], kernel=[4, 5], strides=[1, 1], pads=[1, 1, 1, 1]),
        _unary("globalAvgPool2d", "5x7", [2, 6, 5, 7]),
        _unary("globalAvgPool2d", "1x1", [2, 3, 1, 1]),
        _unary("globalAvgPool2d", "56x56", [1, 2, 56, 56]),
        _unary("adaptiveAvgPool2d", "to-1x1", [2, 3, 5, 7], outputSize=[1, 1]),
        _unary("adaptiveAvgPool2d", "divisible", [1, 3, 12, 6], outputSize=[6, 3]),
        _unary("adaptiveAvgPool2d", "13x11-to-6x7", [1, 3, 13, 11], outputSize=[6, 7]),
        _unary("adaptiveAvgPool2d", "5-to-7", [1, 2, 5, 5], outputSize=[7, 7]),
        _unary("adaptiveAvgPool2d", "1x3-to-6x7", [2, 2, 1, 3], outputSize=[6, 7]),
    ]


def _batch_norm_cases() -> list[OpCase]:
    def case(
        name: str, x: Shape, epsilon: float, variance: Range, affine: str = "both"
    ) -> OpCase:
        channels = [x[1]]
        inputs: dict[str, Shape] = {"x": x, "mean": channels, "variance": channels}
        if affine in ("both", "scale"):
            inputs["scale"] = channels
        if affine in ("both", "offset"):
            inputs["offset"] = channels
        return OpCase(
            f"batchNorm/{name}", "batchNorm", inputs, {"epsilon": epsilon}, {"variance": variance}
        )

    ordinary: Range = (0.5, 1.5)
    # trap: with a variance of the order of epsilon, the wrong epsilon cannot hide
    tiny: Range = (0.5e-4, 2e-4)
    return [
        case("eps1e-5", [2, 5, 3, 4], 1e-5, ordinary),
        case("eps1e-3", [2, 5, 3, 4], 1e-3, ordinary),
        case("eps1e-5-variance1e-4", [2, 5, 3, 4], 1e-5, tiny),
        case("eps1e-3-variance1e-4", [2, 5, 3, 4], 1e-3, tiny),
        case("no-affine", [1, 4, 3, 5], 1e-5, ordinary, affine="none"),
        case("scale-only", [1, 4, 3, 5], 1e-5, ordinary, affine="scale"),
        case("offset-only", [1, 4, 3, 5], 1e-5, ordinary, affine="offset"),
        case("rank2", [3, 7], 1e-5, ordinary),
        case("rank2-no-affine", [3, 7], 1e-3, tiny, affine="none"),
    ]


def _layer_norm_cases() -> list[OpCase]:
    def case(
        name: str, x: Shape, axis: int, epsilon: float = 1e-5, affine: str = "both", x_range: Range = (-3.0, 3.0)
    ) -> OpCase:
        inputs: dict[str, Shape] = {"x": x}
        if affine in ("both", "scale"):
            inputs["scale"] = [x[axis]]
        if affine in ("both", "offset"):
            inputs["offset"] = [x[axis]]
        attrs = {"axis": axis, "epsilon": epsilon}
        return OpCase(f"layerNorm/{name}", "layerNorm", inputs, attrs, {"x": x_range})

    return [
        case("rank2", [3, 10], 1),
        case("rank2-eps1e-6", [3, 10], 1, 1e-6),
        case("eps-matters", [3, 10], 1, 1e-3, x_range=(-0.05, 0.05)),
        case("eps0.5", [2, 5, 3, 4], 1, 0.5),
        case("channels", [2, 5, 3, 4], 1),  # trap: one axis, not all from it on
        case("last-of4", [2, 3, 4, 5], 3),
        case("middle", [2, 3, 4, 5], 2),
        case("axis0", [3, 4], 0),
        case("rank3", [2, 4, 6], 2),
        case("no-affine", [2, 5, 3, 4], 1, affine="none"),
        case("scale-only", [2, 5, 3, 4], 1, affine="scale"),
        case("offset-only", [2, 5, 3, 4], 1, affine="offset"),
        case("mean1000", [2, 12, 2, 3], 1, 0.5, x_range=(998.0, 1002.0)),  # trap: mean(x²) − mean(x)² cancels
        case("one-element", [3, 1], 1),
    ]


def _linear_cases() -> list[OpCase]:
    def case(name: str, x: Shape, outputs: int, bias: bool = True) -> OpCase:
        inputs: dict[str, Shape] = {"x": x, "w": [outputs, x[-1]]}
        if bias:
            inputs["bias"] = [outputs]
        return OpCase(f"linear/{name}", "linear", inputs)

    return [
        case("rank2", [3, 7], 5),
        case("rank2-no-bias", [3, 7], 5, bias=False),
        case("rank3", [2, 4, 6], 5),
        case("square", [4, 4], 4),  # a transposed weight would have the right shape
        case("batch1", [1, 400], 12),
        case("dot4608", [2, 4608], 10),
        case("batch0", [0, 7], 5),
    ]


def _joining_cases() -> list[OpCase]:
    def concat(name: str, xs: list[Shape], axis: int) -> OpCase:
        return OpCase(f"concat/{name}", "concat", {"xs": xs}, {"axis": axis})

    def binary(name: str, a: Shape, b: Shape) -> list[OpCase]:
        return [OpCase(f"{op}/{name}", op, {"a": a, "b": b}) for op in ("add", "mul")]

    pairs = [
        *binary("same", [2, 3, 4, 5], [2, 3, 4, 5]),
        *binary("channel", [2, 3, 4, 5], [1, 3, 1, 1]),
        *binary("one", [2, 3, 4], [1]),
        *binary("ranks-differ", [2, 3, 4, 5], [4, 5]),
        *binary("left-smaller", [5], [2, 3, 4, 5]),
        *binary("both-broadcast", [2, 1, 4, 1], [3, 1, 5]),
    ]
    return [
        concat("channels", [[2, 3, 4, 5], [2, 1, 4, 5], [2, 4, 4, 5]], 1),
        concat("batch", [[1, 2, 3, 3], [2, 2, 3, 3]], 0),
        concat("height", [[1, 2, 3, 4], [1, 2, 1, 4]], 2),
        concat("width", [[1, 2, 3, 4], [1, 2, 3, 1], [1, 2, 3, 2]], 3),
        concat("one-input", [[2, 3, 4, 5]], 1),
        concat("rank2", [[3, 4], [3, 2]], 1),
        concat("empty-input", [[0, 3], [2, 3]], 0),
        concat("empty-channels", [[2, 1, 3, 2], [2, 0, 3, 2], [2, 2, 3, 2]], 1),
        *[case for case in pairs if case.op == "add"],
        *[case for case in pairs if case.op == "mul"],
    ]


def _activation_cases() -> list[OpCase]:
    wide: Range = (-8.0, 8.0)
    cases: list[OpCase] = []
    for op in ("relu", "sigmoid", "tanh", "hardSwish", "hardSigmoid", "silu", "gelu"):
        cases.append(_unary(op, "rank4", [2, 3, 4, 5], wide))
        cases.append(_unary(op, "rank2-odd", [3, 7], wide))
    far: Range = (-100.0, 100.0)
    cases += [
        _unary("sigmoid", "saturated", [1, 40], far),
        _unary("tanh", "saturated", [1, 40], far),
        _unary("silu", "saturated", [1, 40], far),
        _unary("elu", "rank4", [2, 3, 4, 5], wide),
        _unary("elu", "alpha0.5", [3, 7], wide, alpha=0.5),
        _unary("leakyRelu", "rank4", [2, 3, 4, 5], wide),
        _unary("leakyRelu", "slope0.2", [3, 7], wide, slope=0.2),
        _unary("clip", "relu6", [2, 3, 4, 5], wide, min=0, max=6),
        _unary("clip", "fractions", [3, 7], wide, min=-2.5, max=0.75),
        _unary("clip", "min-only", [3, 7], wide, min=-1),
        _unary("clip", "max-only", [3, 7], wide, max=2.25),
    ]
    for name, x, slopes in (
        ("channels", [2, 3, 4, 5], 3),  # trap: along axis 1, not the last
        ("square", [2, 4, 3, 4], 4),  # slopes along the last axis would have the right shape
        ("one", [2, 3, 4, 5], 1),
        ("rank2", [3, 7], 7),
        ("rank3", [2, 3, 5], 3),
        ("rank1", [9], 1),
    ):
        cases.append(OpCase(f"prelu/{name}", "prelu", {"x": x, "slope": [slopes]}, {}, {"x": wide}))
    huge: Range = (-1e4, 1e4)
    for op in ("softmax", "logSoftmax"):
        cases += [
            _unary(op, "rank2", [3, 10], wide, axis=1),
            _unary(op, "axis0", [3, 10], wide, axis=0),
            _unary(op, "channels", [2, 5, 3, 4], wide, axis=1),
            _unary(op, "last-of4", [2, 3, 4, 5], wide, axis=3),
            _unary(op, "shift", [2, 10], (9990.0, 10000.0), axis=1),
            _unary(op, "range1e4", [4, 10], huge, axis=1),
        ]
    return cases


def _lrn_cases() -> list[OpCase]:
    # The wide range and large alpha make the sum matter; with the default alpha LRN is nearly identity.
    wide: Range = (-8.0, 8.0)
    return [
        _unary("lrn", "size5-defaults", [1, 7, 3, 4], wide, size=5),
        _unary("lrn", "size5-alexnet", [2, 8, 3, 3], wide, size=5, alpha=1e-4, beta=0.75, bias=2.0),
        _unary("lrn", "size3-alpha1", [1, 6, 3, 4], wide, size=3, alpha=1.0, beta=0.75, bias=1.0),  # trap
        _unary("lrn", "size4-alpha1", [1, 7, 3, 4], wide, size=4, alpha=1.0, beta=0.5, bias=1.0),  # trap
        _unary("lrn", "size2-alpha1", [2, 5, 2, 3], wide, size=2, alpha=1.0, beta=0.75, bias=2.0),
        _unary("lrn", "size1", [1, 3, 2, 3], wide, size=1, alpha=0.5),
        _unary("lrn", "size-over-channels", [1, 3, 2, 3], wide, size=8, alpha=1.0),
    ]


def _movement_cases() -> list[OpCase]:
    return [
        _unary("flatten", "rank4", [2, 3, 4, 5]),  # trap: CHW order
        _unary("flatten", "rank3", [2, 3, 4]),
        _unary("flatten", "rank2", [3, 7]),
        _unary("flatten", "axis2", [2, 3, 4, 5], axis=2),  # PyTorch's start_dim: [2, 3, 20]
        _unary("reshape", "split", [2, 12, 5], shape=[2, 3, 4, 5]),
        _unary("reshape", "merge", [2, 3, 4, 5], shape=[6, 20]),
        _unary("reshape", "inferred", [2, 3, 4, 5], shape=[2, -1, 10]),
        _unary("reshape", "one-axis", [2, 3, 4], shape=[24]),
        _unary("transpose", "nchw-to-nhwc", [2, 3, 4, 5], permutation=[0, 2, 3, 1]),
        _unary("transpose", "nhwc-to-nchw", [2, 4, 5, 3], permutation=[0, 3, 1, 2]),
        _unary("transpose", "rank3", [2, 3, 4], permutation=[2, 0, 1]),
        _unary("transpose", "matrix", [3, 5], permutation=[1, 0]),
        _unary("pad2d", "p1", [2, 3, 4, 5], pads=[1, 1, 1, 1]),
        _unary("pad2d", "asymmetric", [1, 2, 3, 4], pads=[0, 1, 2, 3]),
        _unary("pad2d", "value", [1, 2, 3, 4], pads=[1, 0, 0, 2], value=-1.5),
        _unary("slice", "channels", [2, 6, 3, 4], starts=[0, 2, 0, 0], ends=[2, 5, 3, 4]),
        _unary("slice", "every-axis", [3, 4, 5, 6], starts=[1, 1, 2, 3], ends=[2, 4, 4, 5]),
        _unary("slice", "rank2", [3, 7], starts=[0, 6], ends=[3, 7]),
        _unary("slice", "named-axes", [2, 5, 4, 6], starts=[1, 2], ends=[4, 5], axes=[1, 3]),
        _unary("mean", "spatial", [2, 3, 4, 5], axes=[2, 3]),
        _unary("mean", "spatial-keep", [2, 3, 4, 5], axes=[2, 3], keepDims=True),
        _unary("mean", "channels", [2, 5, 3, 4], axes=[1]),
        _unary("mean", "apart", [2, 3, 4, 5], axes=[0, 2], keepDims=True),
        _unary("mean", "rank2", [3, 7], axes=[1]),
        _unary("upsample", "2x2", [2, 3, 3, 4], scales=[2, 2]),
        _unary("upsample", "3x1", [1, 2, 3, 5], scales=[3, 1]),
        _unary("dropout", "default", [2, 3, 4, 5]),
        _unary("dropout", "p0.9", [3, 7], p=0.9),
    ]


def op_cases() -> list[OpCase]:
    """Every case, in the order of the fixture."""
    cases = [
        *_conv2d_cases(),
        *_conv_transpose2d_cases(),
        *_pool_cases(),
        *_batch_norm_cases(),
        *_layer_norm_cases(),
        *_linear_cases(),
        *_joining_cases(),
        *_activation_cases(),
        *_lrn_cases(),
        *_movement_cases(),
    ]
    assert len({case.id for case in cases}) == len(cases), "case ids must be unique"
    return cases
