"""Packs files for the tests into one, with the sums of their tensors."""

import json
import pathlib
import struct
import subprocess

DATA = pathlib.Path(__file__).resolve().parents[2] / "goldens" / "data"


def safetensors_of(files):
    """Files as U8 tensors of a safetensors file."""
    header, offset = {}, 0
    for name, data in files.items():
        header[name] = {"dtype": "U8", "shape": [len(data)], "data_offsets": [offset, offset + len(data)]}
        offset += len(data)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + b"".join(files.values())


def compress(data):
    """Brotli, which Node has and Python has not; the files repeat each other far apart."""
    options = "{ params: { [zlib.constants.BROTLI_PARAM_LGWIN]: 24 } }"
    code = f"process.stdout.write(zlib.brotliCompressSync(fs.readFileSync(0), {options}))"
    return subprocess.run(["node", "-e", code], input=data, stdout=subprocess.PIPE, check=True).stdout


def write_pack(name, expected, files):
    """Writes goldens/data/NAME.json and NAME.safetensors.br."""
    (DATA / f"{name}.json").write_text(json.dumps(expected, indent=1) + "\n")
    packed = compress(safetensors_of(files))
    (DATA / f"{name}.safetensors.br").write_bytes(packed)
    print(f"{len(files)} files, {sum(map(len, files.values()))} bytes, {len(packed)} packed")
