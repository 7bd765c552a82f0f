"""
Makes the conformance vectors: what each op and each loss gives, and its gradients, by its formula in NumPy, in float64 and rounded to
float32 in the end. Needs NumPy only, and knows nothing of the engine.

    python3 test/conformance/make_vectors.py           writes vectors/<op>.safetensors and vectors/losses/<loss>.safetensors
    python3 test/conformance/make_vectors.py --check   compares with what is there
"""

import json
import sys
from pathlib import Path

import numpy as np

# They declare the cases, with numbers drawn one after the other: a new module goes to the end.
from reference import elementwise, sequences, shapes, windows  # noqa: F401
from reference import losses  # noqa: F401
from reference import corners  # noqa: F401
from reference.cases import CASES, LOSSES
from reference.differentiate import gradient
from reference.safetensors import decode, encode

FOLDER = Path(__file__).parent / "vectors"


def in_double(values):
    """Copies to compute with; whole numbers and flags stay what they are."""
    if isinstance(values, list):
        return [in_double(value) for value in values]
    return values.astype(np.float64) if values.dtype == np.float32 else values.copy()


def stored(array):
    array = np.asarray(array)
    return array.astype(np.float32) if array.dtype == np.float64 else array


def probe(shape):
    """Uneven weights of an output in the number that is differentiated: Σ probe · output."""
    count = int(np.prod(shape))
    return (0.3 + np.cos(np.arange(count) * 1.7)).reshape(shape).astype(np.float32)


def vectors(case):
    """All tensors of a case: `in.x` or `in.x.0`, `weight.x`, `out.x`, `probe.x`, `grad.in.x`, `grad.weight.x`."""
    values = {name: in_double(value) for name, value in {**case.inputs, **case.weights}.items()}
    outputs = case.make(dict(values))
    probes = {port: probe(out.shape) for port, out in outputs.items() if out.dtype == np.float64}
    tensors = {f"out.{port}": stored(out) for port, out in outputs.items()}
    tensors |= {f"probe.{port}": each for port, each in probes.items()}

    def total():
        made = case.make(dict(values))
        return sum((made[port] * weights.astype(np.float64)).sum() for port, weights in probes.items())

    for kind, given in (("in", case.inputs), ("weight", case.weights)):
        for name, written in given.items():
            several = isinstance(written, list)
            pairs = zip(written, values[name]) if several else [(written, values[name])]
            for place, (original, x) in enumerate(pairs):
                full = f"{kind}.{name}.{place}" if several else f"{kind}.{name}"
                tensors[full] = original
                if probes and x.dtype == np.float64 and name not in (*case.statistics, "mask"):
                    tensors[f"grad.{full}"] = stored(gradient(total, x))
    return tensors


def files():
    """The bytes of each file by its name."""
    return files_of("op", CASES, "") | files_of("loss", LOSSES, "losses/")


def files_of(kind, all_cases, folder):
    made = {}
    for op in sorted({case.op for case in all_cases}):
        tensors, cases = {}, []
        for number, case in enumerate(each for each in all_cases if each.op == op):
            for name, array in vectors(case).items():
                tensors[f"{number}/{name}"] = array
            cases.append(
                {
                    "name": case.name,
                    "attributes": case.attributes,
                    "training": case.training,
                    "statistics": list(case.statistics),
                    "inputs": list(case.inputs),
                }
            )
        made[f"{folder}{op}.safetensors"] = encode(tensors, {kind: op, "cases": json.dumps(cases)})
    return made


def differs(new, old):
    (tensors, metadata), (before, metadata_before) = decode(new), decode(old)
    if metadata != metadata_before or tensors.keys() != before.keys():
        return True
    return any(not np.allclose(tensors[name], before[name], rtol=1e-6, atol=1e-6) for name in tensors)


def main():
    made = files()
    there = {path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in FOLDER.rglob("*.safetensors")}
    if "--check" in sys.argv[1:]:
        wrong = sorted(
            name for name in made.keys() | there.keys()
            if name not in made or name not in there or differs(made[name], there[name])
        )
        sys.exit(f"not as they are made now: {', '.join(wrong)}" if wrong else None)
    (FOLDER / "losses").mkdir(parents=True, exist_ok=True)
    for name in there.keys() - made.keys():
        (FOLDER / name).unlink()
    for name, data in made.items():
        (FOLDER / name).write_bytes(data)
    print(f"{len(CASES) + len(LOSSES)} cases in {len(made)} files, {sum(map(len, made.values())) // 1024} KiB")


if __name__ == "__main__":
    main()
