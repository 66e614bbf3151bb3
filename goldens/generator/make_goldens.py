"""Writes goldens/data/: PyTorch's float64 answers that every runtime is held against.

Run by hand (see README.md). ``--check`` regenerates in memory and compares with the files instead.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from torch import Tensor, nn

import philox
import safetensors_io
from model_cases import CASES, HE_GAIN, ModelCase, sample_stride
from models import build
from op_cases import DEFAULT_RANGE, OpCase, op_cases
from op_reference import evaluate

SEED = 1
OUTPUT = Path(__file__).resolve().parents[1] / "data"
SIZE_LIMITS = {
    "ops.safetensors": 600_000,
    "models-small.safetensors": 2_000_000,
    "models-full.safetensors": 2_000_000,
}

Array = npt.NDArray[np.generic]


def generated(name: str, shape: list[int], low: float, high: float) -> Tensor:
    """A generated float32 operand, widened: the oracle computes on what a backend really gets."""
    return torch.from_numpy(philox.uniform(name, shape, low, high, SEED).astype(np.float64))


def op_inputs(case: OpCase) -> dict[str, Any]:
    """The operands of a case; the i-th of a list is named ``id/operand/i``."""
    inputs: dict[str, Any] = {}
    for operand, shape in case.inputs.items():
        low, high = case.ranges.get(operand, DEFAULT_RANGE)
        name = f"{case.id}/{operand}"
        if shape and isinstance(shape[0], list):
            inputs[operand] = [
                generated(f"{name}/{i}", item, low, high) for i, item in enumerate(shape)
            ]
        else:
            inputs[operand] = generated(name, shape, low, high)
    return inputs


def assert_ceil_cases(cases: Iterable[OpCase]) -> None:
    """The explicit pads of the ``ceil`` cases must mean what PyTorch's ceil_mode means."""
    for case in cases:
        if "ceil" not in case.id:
            continue
        inputs = op_inputs(case)
        symmetric = case.attrs["pads"][:2]  # top and left are PyTorch's padding, the rest is ceil's
        common: dict[str, Any] = {"stride": case.attrs["strides"], "padding": symmetric, "ceil_mode": True}
        if case.op == "maxPool2d":
            native = F.max_pool2d(inputs["x"], case.attrs["kernel"], **common)
        else:
            native = F.avg_pool2d(inputs["x"], case.attrs["kernel"], count_include_pad=False, **common)
        torch.testing.assert_close(evaluate(case.op, inputs, case.attrs), native, rtol=1e-14, atol=1e-14)


def op_goldens() -> tuple[list[dict[str, Any]], dict[str, Array]]:
    """The descriptions and the results of all op cases."""
    cases = op_cases()
    assert_ceil_cases(cases)
    results: dict[str, Array] = {}
    for case in cases:
        y = evaluate(case.op, op_inputs(case), case.attrs).contiguous()
        assert y.dtype == torch.float64 and torch.isfinite(y).all(), case.id
        results[case.id] = y.numpy()
    return [case.to_json() for case in cases], results


def generate_state(model: nn.Module, gain: float) -> None:
    """Fills a model with generated parameters, each named by its state_dict key.

    Weights have variance gain / fan_in; statistics and affine parameters stay
    near their usual values but away from 0 and 1, so that ignoring any of them shows.
    """
    state = model.state_dict()
    for name, tensor in state.items():
        if name.endswith("num_batches_tracked"):
            continue
        shape = list(tensor.shape)
        scales = name.endswith("layer_scale") or (name.endswith("weight") and len(shape) == 1)
        if scales or name.endswith("running_var"):
            low, high = 0.5, 1.5
        elif name.endswith("weight"):
            high = math.sqrt(3 * gain / math.prod(shape[1:]))
            low = -high
        else:
            low, high = -0.1, 0.1
        state[name] = generated(name, shape, low, high)
    model.load_state_dict(state)


def round_epsilons(model: nn.Module) -> None:
    """Rounds each ε to float32, the precision of attributes in isoconv: 0.001 moves by 5e-11."""
    for module in model.modules():
        if isinstance(getattr(module, "eps", None), float):
            module.eps = float(np.float32(module.eps))


# Auxiliary heads and what they look at: PyTorch calls them in training only.
AUXILIARY_INPUTS = {
    "aux1": "inception4a",
    "aux2": "inception4d",
    "AuxLogits": "Mixed_6e",
}


def call_after(module: nn.Module, head: nn.Module) -> None:
    """Calls ``head`` on whatever ``module`` returns."""

    def hook(_module: nn.Module, _inputs: Any, output: Tensor) -> None:
        head(output)

    module.register_forward_hook(hook)


def run_model(case: ModelCase) -> tuple[dict[str, Any], dict[str, Array]]:
    """The description and the results (logits, samples of chosen activations) of one model case."""
    model = build(case.model, case.options)
    images = generated("input", case.input_shape, *DEFAULT_RANGE)
    with torch.no_grad():
        model(images)  # lets lazy layers see an image
    model.double()
    round_epsilons(model)
    generate_state(model, case.gain)

    captured: dict[str, Tensor] = {}

    def capture(path: str) -> None:
        def hook(_module: nn.Module, _inputs: Any, output: Tensor) -> None:
            assert path not in captured, f"{path} runs more than once"
            captured[path] = output.clone()

        model.get_submodule(path).register_forward_hook(hook)

    for path in case.activations:
        capture(path)
        if path in AUXILIARY_INPUTS:
            call_after(model.get_submodule(AUXILIARY_INPUTS[path]), model.get_submodule(path))
    with torch.no_grad():
        logits = model(images)

    strides = {path: sample_stride(captured[path].numel()) for path in case.activations}
    description = {
        "id": case.id,
        "model": case.model,
        **({"options": case.options} if case.options else {}),
        "inputShape": case.input_shape,
        "seed": SEED,
        **({} if case.gain == HE_GAIN else {"gain": case.gain}),
        "parameters": sum(parameter.numel() for parameter in model.parameters()),
        "activations": [
            {"path": path, "shape": list(captured[path].shape), "stride": strides[path]}
            for path in case.activations
        ],
    }
    results = {f"{case.id}/logits": logits.numpy()}
    results |= {
        f"{case.id}/{path}": captured[path].flatten()[:: strides[path]].numpy() for path in case.activations
    }
    assert all(np.isfinite(result).all() for result in results.values()), case.id
    return description, results


def model_goldens(cases: Iterable[ModelCase]) -> tuple[list[dict[str, Any]], dict[str, Array]]:
    """The descriptions and the results of some model cases."""
    descriptions: list[dict[str, Any]] = []
    results: dict[str, Array] = {}
    for case in cases:
        print(f"  {case.id}", flush=True)
        description, case_results = run_model(case)
        descriptions.append(description)
        results |= case_results
    return descriptions, results


def dump_line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def dump_lines(entries: Iterable[Any], indent: str = "  ") -> str:
    """A JSON array with one entry a line, so that a diff shows cases, not numbers."""
    return "[\n" + ",\n".join(f"{indent}{dump_line(entry)}" for entry in entries)


def op_files() -> dict[str, bytes]:
    """The generator's known answers and the operations, by file name."""
    philox.assert_published_answers()
    sections = philox.known_answers().items()
    philox_json = ",\n".join(
        f"  {dump_line(section)}: {dump_lines(entries, '    ')}\n  ]" for section, entries in sections
    )
    descriptions, results = op_goldens()
    return {
        "philox.json": f"{{\n{philox_json}\n}}\n".encode(),
        "ops.json": f"{dump_lines(descriptions)}\n]\n".encode(),
        "ops.safetensors": safetensors_io.encode(results),
    }


def model_files(tier: str) -> dict[str, bytes]:
    """A tier of the networks, by file name."""
    descriptions, results = model_goldens(CASES[tier])
    return {
        f"models-{tier}.json": f"{dump_lines(descriptions)}\n]\n".encode(),
        f"models-{tier}.safetensors": safetensors_io.encode(results),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with the files, write nothing")
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help=f"all of {', '.join(PARTS)} unless named")
    arguments = parser.parse_args()

    # One thread fixes the order of every sum, hence the bits.
    torch.set_num_threads(1)
    OUTPUT.mkdir(parents=True, exist_ok=True)
    for part in arguments.parts or PARTS:
        for name, content in PARTS[part]().items():
            if name.endswith(".safetensors"):
                safetensors_io.decode(content)
            assert len(content) <= SIZE_LIMITS.get(name, 100_000), (name, len(content))
            if arguments.check:
                assert (OUTPUT / name).read_bytes() == content, f"{name} differs"
            else:
                (OUTPUT / name).write_bytes(content)
            print(f"{name}: {len(content):,} bytes{' ok' if arguments.check else ''}", flush=True)


PARTS: dict[str, Callable[[], dict[str, bytes]]] = {
    "ops": op_files,
    "small": lambda: model_files("small"),
    "full": lambda: model_files("full"),
}

if __name__ == "__main__":
    main()
