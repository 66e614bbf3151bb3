"""Writes PyTorch checkpoints of every layout, and packs them with the sums of their tensors.

    python3 tools/checkpoints/make_checkpoints.py write DIR   # once with each version of PyTorch
    python3 tools/checkpoints/make_checkpoints.py pack DIR    # goldens/data/checkpoints.{json,safetensors.br}
"""

import argparse
import collections
import copy
import datetime
import hashlib
import json
import os
import pathlib
import sys

import numpy as np
import torch
from torch import nn

from packing import write_pack

PROTOCOLS = (2, 3, 4, 5)

DTYPES = {
    "float32": "F32", "float64": "F64", "float16": "F16", "bfloat16": "BF16", "complex64": "C64",
    "uint8": "U8", "int8": "I8", "int16": "I16", "int32": "I32", "int64": "I64", "bool": "BOOL",
    "uint16": "U16", "uint32": "U32", "uint64": "U64",
    "float8_e4m3fn": "F8_E4M3", "float8_e5m2": "F8_E5M2",
}


class Net(nn.Module):
    """A network of a class that no reader can import."""

    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(nn.Conv2d(3, 2, 2, bias=False), nn.BatchNorm2d(2), nn.ReLU())
        self.fc = nn.Linear(2, 3)
        self.register_buffer("scale", torch.tensor([0.5, 2.0]))
        self.register_buffer("scratch", torch.ones(2), persistent=False)
        self.register_parameter("absent", None)

    def forward(self, x):
        return self.fc(self.features(x).mean([2, 3]) * self.scale)


def network():
    torch.manual_seed(0)
    net = Net()
    net.features[1].running_mean += torch.tensor([0.25, -1.5])
    return net


def trained(net):
    optimizer = torch.optim.SGD(net.parameters(), lr=0.125, momentum=0.5)
    # Gradients that every version computes alike.
    for parameter in net.parameters():
        parameter.grad = torch.full_like(parameter, 0.5)
    optimizer.step()
    return optimizer


def training():
    net = network()
    optimizer = trained(net)
    return {"epoch": 12, "arch": "net", "state_dict": net.state_dict(), "best_acc1": 71.5, "optimizer": optimizer.state_dict()}


def ema():
    net = network()
    average = copy.deepcopy(net.state_dict())
    for value in average.values():
        if value.is_floating_point():
            value.mul_(0.5)
    return {"model": net.state_dict(), "model_ema": average}


def cast(dtype):
    return {name: value.to(dtype) if value.is_floating_point() else value for name, value in network().state_dict().items()}


def whole_numbers():
    values = torch.tensor([[0, 1, 127], [5, 100, 77]])
    names = ("uint8", "int8", "int16", "int32", "int64", "bool")
    out = {name: values.to(getattr(torch, name)) for name in names}
    out["int64"] = torch.tensor([-(2**62), 2**62, -1])
    out["complex64"] = torch.tensor([1 + 2j, -3.5j])
    return out


def strides():
    base = torch.arange(2 * 3 * 4 * 5, dtype=torch.float32).reshape(2, 3, 4, 5)
    return {
        "permuted": base.permute(3, 2, 0, 1),
        "channels_last": base.contiguous(memory_format=torch.channels_last),
        "transposed_half": base[0, 0].half().t(),
        "every_second": base[:, ::2, 1:, ::3],
        "expanded": torch.tensor([1.5, -2.0]).reshape(2, 1).expand(2, 3),
        "expanded_scalar": torch.tensor(7).expand(4),
        "row": base[1, 2, 3],
    }


def shared():
    flat = torch.arange(24.0) / 8 - 1
    parts = torch.split(flat, [12, 8, 4])
    return {"a": parts[0].reshape(3, 4), "b": parts[1].reshape(2, 4), "c": parts[2], "all": flat}


def tied():
    net = nn.ModuleDict({"embedding": nn.Embedding(3, 2), "head": nn.Linear(2, 3, bias=False)})
    net["head"].weight = net["embedding"].weight
    return net.state_dict()


def parameters():
    torch.manual_seed(1)
    return collections.OrderedDict(
        parameter=nn.Parameter(torch.rand(2, 2)),
        frozen=nn.Parameter(torch.rand(2), requires_grad=False),
        leaf=torch.rand(3, requires_grad=True),
        plain=torch.rand(2),
    )


def nested():
    net = network()
    return collections.OrderedDict(
        hyper=collections.OrderedDict(lr=0.1, steps=[1, 2, 2**40, -(2**70)]),
        nets=collections.OrderedDict(generator=net.state_dict(), critic=net.fc.state_dict()),
        history=[torch.tensor([1.0, 2.0]), torch.tensor(3.0)],
    )


def odd_objects():
    counts = collections.Counter("abca")
    numbers = collections.defaultdict(list)
    numbers["a"].append(1)
    return {
        "args": argparse.Namespace(lr=0.1, betas=(0.9, 0.999)),
        "when": datetime.datetime(2020, 1, 2),
        "best": np.float64(0.5),
        "names": {"a", "b"},
        "raw": b"\x00\xff",
        "counts": counts,
        "numbers": numbers,
        "size": torch.Size([1, 2]),
        "dtype": torch.float16,
        "device": torch.device("cpu"),
        "array": np.arange(3.0),
        3: torch.tensor([3.0]),
        "text": "é\u4e2d\U0001f600",
        "nothing": None,
        "flag": True,
        "weight": torch.tensor([1.0, -0.0, float("inf")]),
    }


def float8():
    return {name: torch.tensor([1.0, -0.5, 3.0]).to(getattr(torch, name)) for name in ("float8_e4m3fn", "float8_e5m2")} | {
        name: torch.tensor([1, 2, 60000]).to(getattr(torch, name)) for name in ("uint16", "uint32", "uint64")
    }


VARIANTS = {
    "state-dict": lambda: network().state_dict(),
    "training": training,
    "data-parallel": lambda: nn.DataParallel(network()).state_dict(),
    "ema": ema,
    "half": lambda: cast(torch.float16),
    "bfloat16": lambda: cast(torch.bfloat16),
    "float64": lambda: cast(torch.float64),
    "whole-numbers": whole_numbers,
    "strides": strides,
    "shared": shared,
    "tied": tied,
    "parameters": parameters,
    "nested": nested,
    "scalars": lambda: {"scalar": torch.tensor(2.5), "empty": torch.zeros(0, 3), "one": torch.ones(1, 1, 1)},
    "module": network,
    "odd-objects": odd_objects,
    "tensor": lambda: torch.arange(6.0).reshape(2, 3).t(),
    "list": lambda: [torch.tensor([1.0]), (torch.tensor([2, 3]),)],
}
if hasattr(torch, "float8_e4m3fn"):
    VARIANTS["float8"] = float8


def flatten(value, path=""):
    """The tensors in a checkpoint by their dotted paths; a module's by the names of its state."""
    join = lambda key: f"{path}.{key}" if path else str(key)
    if isinstance(value, torch.Tensor):
        yield path or "tensor", value.detach()
    elif isinstance(value, nn.Module):
        yield from flatten(value.state_dict(), path)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from flatten(item, join(key))
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            yield from flatten(item, join(index))


def bytes_of(tensor):
    tensor = tensor.contiguous()
    raw = tensor.reshape(-1).view(torch.uint8) if tensor.dtype != torch.bool else tensor.to(torch.uint8)
    return raw.numpy().tobytes()


def sums(value):
    return {
        name: {
            "dtype": DTYPES[str(tensor.dtype).removeprefix("torch.")],
            "shape": list(tensor.shape),
            "sha256": hashlib.sha256(bytes_of(tensor)).hexdigest(),
        }
        for name, tensor in flatten(value)
    }


def write(folder):
    version = ".".join(torch.__version__.split("+")[0].split(".")[:2])
    out = folder / f"torch-{version}"
    out.mkdir(parents=True, exist_ok=True)
    expected = {}
    for name, make in VARIANTS.items():
        value = make()
        expected[name] = sums(value)
        for layout in ("zip", "legacy"):
            for protocol in PROTOCOLS:
                torch.save(
                    value,
                    out / f"{name}.{layout}.{protocol}.pth",
                    pickle_protocol=protocol,
                    _use_new_zipfile_serialization=layout == "zip",
                )
    net = network().eval()
    for name, script in {
        "torchscript": lambda: torch.jit.script(net),
        "torchscript-traced": lambda: torch.jit.trace(net, torch.rand(1, 3, 4, 4)),
    }.items():
        module = script()
        # TorchScript keeps buffers that are not persistent.
        expected[name] = sums(dict(module.state_dict()) | {"scratch": net.scratch})
        torch.jit.save(module, str(out / f"{name}.zip.pth"))
    (out / "expected.json").write_text(json.dumps(expected))


def pack(folder):
    expected, files = {}, {}
    for version in sorted(folder.glob("torch-*")):
        for name, tensors in json.loads((version / "expected.json").read_text()).items():
            if expected.setdefault(name, tensors) != tensors:
                sys.exit(f"{name} differs between versions of PyTorch")
        for path in sorted(version.glob("*.pth")):
            files[f"{version.name}/{path.name}"] = path.read_bytes()
    write_pack("checkpoints", expected, files)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONHASHSEED", "0")
    {"write": write, "pack": pack}[sys.argv[1]](pathlib.Path(sys.argv[2]))
