"""Writes .npy, .npz, HDF5, Keras, TensorFlow.js and sharded safetensors files, and packs them with the sums of their tensors.

    python3 tools/checkpoints/make_array_files.py    # goldens/data/array-files.{json,safetensors.br}
"""

import hashlib
import io
import json
import zipfile

import h5py
import numpy as np
from packing import write_pack

CODES = {
    "f2": "F16", "f4": "F32", "f8": "F64", "c8": "C64", "b1": "BOOL",
    "i1": "I8", "i2": "I16", "i4": "I32", "i8": "I64", "u1": "U8", "u2": "U16", "u4": "U32", "u8": "U64",
}
base = np.arange(24).reshape(2, 3, 4)

ARRAYS = {
    **{code: (base % 2 if code == "b1" else base).astype(code) for code in CODES},
    **{f"big-{code}": base.astype(f">{code}") for code in ("f2", "f4", "f8", "c8", "i2", "i4", "i8", "u2")},
    "fortran": np.asfortranarray(base.astype("f4")),
    "fortran-big-half": np.asfortranarray(base.astype(">f2")),
    "transposed": base.astype("f8").T,
    "scalar": np.float32(2.5).reshape(()),
    "empty": np.zeros((0, 3), "f4"),
    "vector": np.array([1.5, -0.0, np.inf], "f4"),
}
ARRAYS["complex"] = np.array([1 + 2j, -3.5j], "c8")


def sum_of(array):
    code = array.dtype.str[1:]
    little = np.ascontiguousarray(array).astype("<" + code) if code != "b1" else np.ascontiguousarray(array)
    return {"dtype": CODES[code], "shape": list(array.shape), "sha256": hashlib.sha256(little.tobytes()).hexdigest()}


def sums(arrays):
    return {name: sum_of(array) for name, array in arrays.items()}


def saved(write, *args, **kwargs):
    buffer = io.BytesIO()
    write(buffer, *args, **kwargs)
    return buffer.getvalue()


def npy_files(files, expected):
    for name, array in ARRAYS.items():
        files[f"{name}.npy"] = saved(np.save, array)
        expected[f"{name}.npy"] = {"arr_0": sum_of(array)}
    for version in ((2, 0), (3, 0)):
        name = f"version-{version[0]}.npy"
        files[name] = saved(np.lib.format.write_array, ARRAYS["f4"], version=version)
        expected[name] = {"arr_0": sum_of(ARRAYS["f4"])}
    files["stored.npz"] = saved(np.savez, **ARRAYS)
    files["deflated.npz"] = saved(np.savez_compressed, **ARRAYS)
    expected["stored.npz"] = expected["deflated.npz"] = sums(ARRAYS)
    few = {"f4": ARRAYS["f4"], "fortran": ARRAYS["fortran"]}
    files["few-deflated.npz"] = saved(np.savez_compressed, **few)
    expected["few-deflated.npz"] = sums(few)
    files["with-texts.npz"] = saved(np.savez, weight=ARRAYS["f4"], classes=np.array(["cat", "dog"]))
    expected["with-texts.npz"] = sums({"weight": ARRAYS["f4"]})


def hdf5_of(arrays, **options):
    def write(buffer):
        with h5py.File(buffer, "w") as file:
            file.attrs["backend"] = "tensorflow"
            for name, array in arrays.items():
                file.create_dataset(name, data=array, **(options if array.size > 1 else {}))
            file.create_dataset("text", data="no tensor")

    return saved(write)


def keras_files(files, expected):
    plain = {name: array for name, array in ARRAYS.items() if array.dtype.kind != "c"}
    layer = {f"model_weights/{name}/{name}/kernel:0": array for name, array in plain.items()}
    files["plain.h5"] = hdf5_of(layer)
    files["chunked.h5"] = hdf5_of(layer, chunks=True, compression="gzip", shuffle=True)
    in_order = sums(dict(sorted(layer.items())))
    expected["plain.h5"] = expected["chunked.h5"] = in_order
    weights = {"layers/conv2d/vars/0": ARRAYS["f4"], "layers/conv2d/vars/1": ARRAYS["vector"]}
    for name, method in (("stored.keras", zipfile.ZIP_STORED), ("deflated.keras", zipfile.ZIP_DEFLATED)):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", method) as archive:
            archive.writestr("metadata.json", "{}")
            archive.writestr("config.json", "{}")
            archive.writestr("model.weights.h5", hdf5_of(weights))
        files[name] = buffer.getvalue()
        expected[name] = sums(weights)


def tfjs_files(files, expected):
    """Two models whose groups lie across files, one of them quantised."""
    raw = {"conv/kernel": ARRAYS["f4"], "conv/bias": ARRAYS["vector"], "steps": base.astype("i4"), "flags": base % 2 == 0}
    entries, data = [], b""
    for name, array in raw.items():
        kinds = {"f4": "float32", "i4": "int32", "b1": "bool"}
        entries.append({"name": name, "shape": list(array.shape), "dtype": kinds[array.dtype.str[1:]]})
        data += array.tobytes()
    write_tfjs(files, expected, "layers", "layers-model", entries, data, sums(raw))

    scale, low = 0.0173, -1.25
    codes8, codes16 = (base * 9).astype("u1"), (base * 2500).astype("u2")
    quantised = [
        ("eight", codes8, "float32", "uint8"), ("sixteen", codes16, "float32", "uint16"), ("whole", codes8, "int32", "uint8"),
    ]
    entries, data, wanted = [], b"", {}
    for name, codes, dtype, stored in quantised:
        entries.append({"name": name, "shape": list(codes.shape), "dtype": dtype, "quantization": {"dtype": stored, "scale": scale, "min": low}})
        data += codes.tobytes()
        values = codes.astype("f8") * scale + low
        wanted[name] = sum_of(values.astype("f4") if dtype == "float32" else np.floor(values + 0.5).astype("i4"))
    half = base.astype("f2") / 7
    entries.append({"name": "half", "shape": [2, 3, 4], "dtype": "float32", "quantization": {"dtype": "float16"}})
    data += half.astype("f2").tobytes()
    wanted["half"] = sum_of(half.astype("f2"))
    write_tfjs(files, expected, "graph", "graph-model", entries, data, wanted)


def write_tfjs(files, expected, folder, kind, entries, data, wanted):
    paths = []
    for index, begin in enumerate(range(0, len(data), 101)):
        paths.append(f"group1-shard{index + 1}.bin")
        files[f"{folder}/{paths[-1]}"] = data[begin : begin + 101]
    manifest = [{"paths": paths, "weights": entries}]
    files[f"{folder}/model.json"] = json.dumps({"format": kind, "modelTopology": {}, "weightsManifest": manifest}).encode()
    expected[f"{folder}/model.json"] = wanted


def sharded_files(files, expected):
    parts = {"model-00001-of-00002.safetensors": ["f4", "f2"], "model-00002-of-00002.safetensors": ["vector"]}
    index = {"metadata": {"total_size": 0}, "weight_map": {name: file for file, names in parts.items() for name in names}}
    for file, names in parts.items():
        files[f"sharded/{file}"] = safetensors_of_arrays({name: ARRAYS[name] for name in names})
    files["sharded/model.safetensors.index.json"] = json.dumps(index).encode()
    expected["sharded/model.safetensors.index.json"] = sums({name: ARRAYS[name] for names in parts.values() for name in names})


def safetensors_of_arrays(arrays):
    from safetensors.numpy import save

    return save(arrays)


if __name__ == "__main__":
    files, expected = {}, {}
    for make in (npy_files, keras_files, tfjs_files, sharded_files):
        make(files, expected)
    write_pack("array-files", expected, files)
