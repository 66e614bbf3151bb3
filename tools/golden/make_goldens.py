"""Writes fixtures/golden/: PyTorch's float64 answers that every runtime is held against.

Run by hand (see README.md). ``--check`` regenerates in memory and compares with the files instead.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from torch import Tensor, nn

import philox
import safetensors_io
from models import MODEL_CASES, MODELS, ModelCase
from op_cases import DEFAULT_RANGE, OpCase, op_cases
from op_reference import evaluate

SEED = 1
OUTPUT = Path(__file__).resolve().parents[2] / "fixtures" / "golden"
SIZE_LIMITS = {"ops.safetensors": 600_000, "models.safetensors": 850_000}

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


def generate_state(model: nn.Module) -> None:
    """Fills a model with generated parameters, each named by its state_dict key.

    Weights keep the signal's variance through ReLU layers (He); statistics and affine parameters stay
    near their usual values but away from 0 and 1, so that ignoring any of them shows.
    """
    state = model.state_dict()
    for name, tensor in state.items():
        if name.endswith("num_batches_tracked"):
            continue
        shape = list(tensor.shape)
        if name.endswith("running_var") or (name.endswith("weight") and len(shape) == 1):
            low, high = 0.5, 1.5
        elif name.endswith("weight"):
            high = math.sqrt(6 / math.prod(shape[1:]))
            low = -high
        else:
            low, high = -0.1, 0.1
        state[name] = generated(name, shape, low, high)
    model.load_state_dict(state)


def run_model(case: ModelCase) -> tuple[dict[str, Any], dict[str, Array]]:
    """The description and the results (logits, chosen activations) of one model case."""
    reference = MODELS[case.model]
    model = reference.build().double().eval()
    parameters = sum(parameter.numel() for parameter in model.parameters())
    assert parameters == reference.parameters, (case.model, parameters)
    generate_state(model)

    captured: dict[str, Tensor] = {}

    def capture(path: str) -> None:
        def hook(_module: nn.Module, _inputs: Any, output: Tensor) -> None:
            assert path not in captured, f"{path} runs more than once"
            captured[path] = output.clone()

        model.get_submodule(path).register_forward_hook(hook)

    for path in case.activations:
        capture(path)
    with torch.no_grad():
        logits = model(generated("input", case.input_shape, *DEFAULT_RANGE))

    description = {
        "id": case.id,
        "model": case.model,
        "inputShape": case.input_shape,
        "seed": SEED,
        "parameters": parameters,
        "activations": case.activations,
    }
    results = {f"{case.id}/logits": logits.numpy()}
    results |= {f"{case.id}/{path}": captured[path].numpy() for path in case.activations}
    assert all(np.isfinite(result).all() for result in results.values()), case.id
    return description, results


def model_goldens() -> tuple[list[dict[str, Any]], dict[str, Array]]:
    """The descriptions and the results of all model cases."""
    descriptions: list[dict[str, Any]] = []
    results: dict[str, Array] = {}
    for case in MODEL_CASES:
        description, case_results = run_model(case)
        descriptions.append(description)
        results |= case_results
    return descriptions, results


def dump_line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def dump_lines(entries: Iterable[Any], indent: str = "  ") -> str:
    """A JSON array with one entry a line, so that a diff shows cases, not numbers."""
    return "[\n" + ",\n".join(f"{indent}{dump_line(entry)}" for entry in entries)


def goldens() -> dict[str, bytes]:
    """Every fixture, by file name."""
    philox.assert_published_answers()
    sections = philox.known_answers().items()
    philox_json = ",\n".join(
        f"  {dump_line(section)}: {dump_lines(entries, '    ')}\n  ]" for section, entries in sections
    )
    op_descriptions, op_results = op_goldens()
    model_descriptions, model_results = model_goldens()
    return {
        "philox.json": f"{{\n{philox_json}\n}}\n".encode(),
        "ops.json": f"{dump_lines(op_descriptions)}\n]\n".encode(),
        "ops.safetensors": safetensors_io.encode(op_results),
        "models.json": f"{dump_lines(model_descriptions)}\n]\n".encode(),
        "models.safetensors": safetensors_io.encode(model_results),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with the files, write nothing")
    check: bool = parser.parse_args().check

    # One thread fixes the order of every sum, hence the bits.
    torch.set_num_threads(1)
    OUTPUT.mkdir(parents=True, exist_ok=True)
    for name, content in goldens().items():
        if name.endswith(".safetensors"):
            safetensors_io.decode(content)
        assert len(content) <= SIZE_LIMITS.get(name, 100_000), (name, len(content))
        if check:
            assert (OUTPUT / name).read_bytes() == content, f"{name} differs"
        else:
            (OUTPUT / name).write_bytes(content)
        print(f"{name}: {len(content):,} bytes{' ok' if check else ''}")


if __name__ == "__main__":
    main()
