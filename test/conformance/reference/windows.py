"""Convolutions and pooling: everything that slides a window over places."""

import itertools
import math

import numpy as np

from .cases import case, lengths, normal, spread
from .elementwise import ACTIVATIONS


def padding_of(size, kernel, stride, dilation, padding):
    """
    Zeros before and behind, and how many windows come out. `same` gives size/stride rounded up, with the odd zero at
    the end; `causal` as many, the first of which ends at the first place and the next ones `stride` later.
    """
    reach = dilation * (kernel - 1) + 1
    if padding == "valid":
        return 0, 0, (size - reach) // stride + 1
    count = math.ceil(size / stride)
    if padding == "causal":
        return reach - 1, 0, count
    total = max((count - 1) * stride + reach - size, 0)
    return total // 2, total - total // 2, count


def windows(x, kernel, stride, dilation, padding, fill=0.0):
    """[batch, *sizes, channels] -> [batch, *counts, *kernel, channels]"""
    rank = len(kernel)
    geometry = [padding_of(x.shape[1 + a], kernel[a], stride[a], dilation[a], padding) for a in range(rank)]
    pads = [(0, 0), *[(before, after) for before, after, _ in geometry], (0, 0)]
    padded = np.pad(x, pads, constant_values=fill)
    counts = [count for _, _, count in geometry]
    made = np.zeros((x.shape[0], *counts, *kernel, x.shape[-1]))
    for place in itertools.product(*map(range, counts)):
        for offset in itertools.product(*map(range, kernel)):
            at = tuple(place[a] * stride[a] + offset[a] * dilation[a] for a in range(rank))
            made[(slice(None), *place, *offset)] = padded[(slice(None), *at)]
    return made


def per_axis(value, rank):
    return list(value) if isinstance(value, (list, tuple)) else [value] * rank


def convolution(rank, sums, kernel_name="kernel"):
    def make(kernel_size, stride=1, dilation=1, padding="valid", activation="linear"):
        sizes = [per_axis(each, rank) for each in (kernel_size, stride, dilation)]

        def run(bias=None, **v):
            seen = windows(v["in"], *sizes, padding)
            made = sums(seen, v)
            return ACTIVATIONS[activation](made if bias is None else made + bias)

        return run

    return make


def dense_sums(rank):
    axes = "xy"[:rank]
    return lambda seen, v: np.einsum(f"n{axes}{axes.upper()}c,{axes.upper()}cf->n{axes}f", seen, v["kernel"])


def depthwise(seen, kernel, rank):
    axes = "xy"[:rank]
    made = np.einsum(f"n{axes}{axes.upper()}c,{axes.upper()}cm->n{axes}cm", seen, kernel)
    return made.reshape(*made.shape[:-2], -1)


def convolve(op, name, rank, x, weights, sums, size, geometry, **attributes):
    case(op, name, convolution(rank, sums)(size, **geometry), {"in": x}, weights, kernel=size, **geometry, **attributes)


for name, geometry in {
    "valid": {},
    "same, stride 2, tanh": {"padding": "same", "stride": 2, "activation": "tanh"},
    "causal, dilated": {"padding": "causal", "dilation": 2},
}.items():
    convolve("conv1d", name, 1, normal(2, 7, 3), {"kernel": normal(3, 3, 4), "bias": normal(4)}, dense_sums(1), 3, geometry, filters=4)
convolve("conv1d", "an even window, without bias", 1, normal(2, 6, 2), {"kernel": normal(4, 2, 3)}, dense_sums(1), 4, {"padding": "same"}, filters=3, use_bias=False)

for name, geometry in {
    "valid, strides apart": {"stride": [2, 1]},
    "same, dilated": {"padding": "same", "dilation": [1, 2]},
    "same, stride 2, silu": {"padding": "same", "stride": [2, 2], "activation": "silu"},
}.items():
    convolve("conv2d", name, 2, normal(2, 5, 6, 2), {"kernel": normal(3, 2, 2, 3), "bias": normal(3)}, dense_sums(2), [3, 2], geometry, filters=3)

for rank, x in ((1, normal(2, 7, 3)), (2, normal(2, 5, 4, 3))):
    size = [3, 2][:rank]
    kernel = size if rank == 2 else 3
    for name, geometry in {"valid": {}, "same, stride 2": {"padding": "same", "stride": [2] * rank if rank == 2 else 2}}.items():
        convolve(
            f"depthwise_conv{rank}d",
            name,
            rank,
            x,
            {"kernel": normal(*size, 3, 2), "bias": normal(6)},
            lambda seen, v, rank=rank: depthwise(seen, v["kernel"], rank),
            kernel,
            geometry,
            multiplier=2,
        )
        convolve(
            f"separable_conv{rank}d",
            name,
            rank,
            x,
            {"depthwise_kernel": normal(*size, 3, 2), "pointwise_kernel": normal(6, 4), "bias": normal(4)},
            lambda seen, v, rank=rank: depthwise(seen, v["depthwise_kernel"], rank) @ v["pointwise_kernel"],
            kernel,
            geometry,
            multiplier=2,
            filters=4,
        )


def transposed(rank, size, stride, padding, activation="linear"):
    """Every place adds its filters to a window of the result; `same` keeps size * stride places of it."""

    def run(kernel, bias=None, **v):
        x = v["in"]
        sizes = x.shape[1:-1]
        whole = [(n - 1) * s + k for n, s, k in zip(sizes, stride, size)]
        made = np.zeros((x.shape[0], *whole, kernel.shape[-1]))
        for place in itertools.product(*map(range, sizes)):
            for offset in itertools.product(*map(range, size)):
                at = tuple(p * s + o for p, s, o in zip(place, stride, offset))
                made[(slice(None), *at)] += x[(slice(None), *place)] @ kernel[offset]
        if padding == "same":
            for axis, (n, s, k) in enumerate(zip(sizes, stride, size)):
                before, _, _ = padding_of(n * s, k, s, 1, "same")
                made = np.take(made, range(before, before + n * s), axis=axis + 1)
        return ACTIVATIONS[activation](made if bias is None else made + bias)

    return run


for padding in ("valid", "same"):
    case("conv1d_transpose", padding, transposed(1, [3], [2], padding), {"in": normal(2, 4, 3)}, {"kernel": normal(3, 3, 2), "bias": normal(2)}, filters=2, kernel=3, stride=2, padding=padding)
    case("conv2d_transpose", padding, transposed(2, [4, 3], [2, 2], padding, "tanh"), {"in": normal(2, 3, 2, 2)}, {"kernel": normal(4, 3, 2, 3), "bias": normal(3)}, filters=3, kernel=[4, 3], stride=[2, 2], padding=padding, activation="tanh")


def pooled(rank, window, stride, padding, greatest):
    def run(**v):
        fill = -np.inf if greatest else np.nan
        seen = windows(v["in"], window, stride, [1] * rank, padding, fill)
        axes = tuple(range(1 + rank, 1 + 2 * rank))
        # What is padded does not count.
        return seen.max(axis=axes) if greatest else np.nanmean(seen, axis=axes)

    return run


for kind, greatest in (("max", True), ("avg", False)):
    case(f"{kind}_pool1d", "pairs", pooled(1, [2], [2], "valid", greatest), {"in": spread(2, 6, 3)}, window=2)
    case(f"{kind}_pool1d", "same, overlapping", pooled(1, [3], [2], "same", greatest), {"in": spread(2, 6, 3)}, window=3, stride=2, padding="same")
    case(f"{kind}_pool2d", "squares", pooled(2, [2, 2], [2, 2], "valid", greatest), {"in": spread(2, 4, 5, 2)}, window=[2, 2])
    case(f"{kind}_pool2d", "same, overlapping", pooled(2, [3, 2], [2, 1], "same", greatest), {"in": spread(2, 4, 5, 2)}, window=[3, 2], stride=[2, 1], padding="same")


def overall(greatest):
    def run(mask=None, **v):
        x = v["in"]
        axes = tuple(range(1, x.ndim - 1))
        if mask is None:
            return x.max(axis=axes) if greatest else x.mean(axis=axes)
        counts = mask[:, :, None] > 0
        if greatest:
            return np.where(counts.any(axis=1), np.where(counts, x, -np.inf).max(axis=1, initial=-1e30), 0)
        return (x * mask[:, :, None]).sum(axis=1) / np.maximum(mask.sum(axis=1, keepdims=True), 1)

    return run


for kind, greatest in (("max", True), ("avg", False)):
    op = f"global_{kind}_pool"
    case(op, "a sequence", overall(greatest), {"in": spread(2, 5, 3)})
    case(op, "a picture", overall(greatest), {"in": spread(2, 3, 4, 2)})
    case(op, "a mask, one without steps", overall(greatest), {"in": spread(3, 5, 2), "mask": lengths(5, 2, 5, 0)})


def shares(n, m):
    made = np.zeros((m, n))
    for i in range(m):
        begin, end = i * n // m, math.ceil((i + 1) * n / m)
        made[i, begin:end] = 1 / (end - begin)
    return made


case("adaptive_avg_pool1d", "uneven", lambda **v: np.einsum("mn,bnc->bmc", shares(7, 3), v["in"]), {"in": normal(2, 7, 3)}, size=3)
case("adaptive_avg_pool2d", "uneven", lambda **v: np.einsum("pn,qm,bnmc->bpqc", shares(5, 2), shares(4, 3), v["in"]), {"in": normal(2, 5, 4, 2)}, size=[2, 3])
case("upsample1d", "by 3", lambda **v: v["in"].repeat(3, axis=1), {"in": normal(2, 3, 2)}, factor=3)
case("upsample2d", "by 2 and 3", lambda **v: v["in"].repeat(2, axis=1).repeat(3, axis=2), {"in": normal(2, 2, 3, 2)}, factor=[2, 3])
