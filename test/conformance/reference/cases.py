"""What a case is, and the numbers that cases are made of."""

from dataclasses import dataclass, field
from typing import Callable

import numpy as np

Arrays = dict[str, np.ndarray]


@dataclass
class Case:
    """One op on some numbers. `make` gives the outputs by port, in float64, from inputs and weights by name."""

    op: str
    name: str
    make: Callable[[dict], Arrays]
    # A list stands for an input that takes several values.
    inputs: dict = field(default_factory=dict)
    weights: Arrays = field(default_factory=dict)
    attributes: dict = field(default_factory=dict)
    # Whether the op works as in training.
    training: bool = False
    # Weights that are statistics: nothing is learned in them.
    statistics: tuple[str, ...] = ()


CASES: list[Case] = []
LOSSES: list[Case] = []


def case(op, name, make, inputs=None, weights=None, training=False, statistics=(), **attributes):
    """Adds a case; a function that gives one array gives the output `out`."""

    def ports(values):
        made = make(**values)
        return made if isinstance(made, dict) else {"out": made}

    CASES.append(Case(op, name, ports, inputs or {}, weights or {}, attributes, training, statistics))


_random = np.random.default_rng(20260101)


def single(x):
    """As float32 holds it: every implementation starts from the same numbers."""
    return np.asarray(x, dtype=np.float32)


def normal(*shape):
    return single(_random.normal(size=shape))


def uniform(low, high, *shape):
    return single(_random.uniform(low, high, size=shape))


def spread(*shape, step=0.21, shift=0.07):
    """Numbers in random order no two of which are close, and none near 0: nothing has a kink there."""
    count = int(np.prod(shape))
    return single(((_random.permutation(count) - count // 2) * step + shift).reshape(shape))


def ids(below, *shape):
    return _random.integers(0, below, size=shape).astype(np.int32)


def flags(*shape):
    return _random.random(size=shape) < 0.5


def lengths(steps, *counts):
    """A mask [batch, steps] with so many ones in front."""
    return single([[1.0] * n + [0.0] * (steps - n) for n in counts])
