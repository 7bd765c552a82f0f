"""The safetensors format: a JSON header behind its length, then the numbers."""

import json

import numpy as np

NAMES = {"float32": "F32", "int32": "I32", "bool": "BOOL"}


def encode(tensors, metadata):
    header = {"__metadata__": metadata}
    parts, end = [], 0
    for name in sorted(tensors):
        array = np.asarray(tensors[name])
        data = array.tobytes()
        header[name] = {
            "dtype": NAMES[array.dtype.name],
            "shape": list(array.shape),
            "data_offsets": [end, end + len(data)],
        }
        parts.append(data)
        end += len(data)
    text = json.dumps(header, separators=(",", ":"), sort_keys=True).encode()
    text += b" " * (-len(text) % 8)
    return len(text).to_bytes(8, "little") + text + b"".join(parts)


def decode(data):
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + length])
    metadata = header.pop("__metadata__")
    kinds = {short: name for name, short in NAMES.items()}
    tensors = {}
    for name, entry in header.items():
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        tensors[name] = np.frombuffer(data[begin:end], dtype=kinds[entry["dtype"]]).reshape(entry["shape"])
    return tensors, metadata
