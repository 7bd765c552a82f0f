"""Ops that move numbers, add them up or compare vectors."""

import numpy as np

from .cases import case, ids, normal, spread
from .elementwise import unary, pair

unary("reshape", "what is left over", lambda x: x.reshape(2, 3, 4), normal(2, 12), shape=[3, -1])
unary("flatten", "a picture", lambda x: x.reshape(2, -1), normal(2, 2, 3, 2))
unary("transpose", "steps behind channels", lambda x: x.transpose(0, 2, 1), normal(2, 3, 4), order=[0, 2, 1])
unary("squeeze", "the last axis", lambda x: x[..., 0], normal(2, 3, 1), axis=-1)
unary("expand_dims", "in the middle", lambda x: x[:, None], normal(2, 3), axis=1)
unary("pad", "both sides", lambda x: np.pad(x, [(0, 0), (2, 1), (0, 0)], constant_values=0.5), normal(2, 3, 2), axis=1, before=2, after=1, value=0.5)
unary("repeat", "one by one", lambda x: x.repeat(3, axis=1), normal(2, 3, 2), axis=1, times=3)
unary("repeat", "as a whole", lambda x: np.concatenate([x, x], axis=1), normal(2, 3, 2), axis=1, times=2, whole=True)
unary("flip", "steps", lambda x: x[:, ::-1], normal(2, 4, 2), axis=1)
unary("slice", "a stretch", lambda x: x[:, 1:3], normal(2, 4, 2), axis=1, begin=1, size=2)
unary("slice", "all that is left", lambda x: x[:, 2:], normal(2, 5, 2), axis=1, begin=2)
unary("select", "the last", lambda x: x[:, -1], normal(2, 4, 2), axis=1, index=-1)
unary("cumsum", "along the steps", lambda x: np.cumsum(x, axis=1), normal(2, 4, 3), axis=1)
unary("argmax", "the last axis", lambda x: np.argmax(x, axis=-1).astype(np.int32), spread(3, 5))
unary("argmin", "the steps", lambda x: np.argmin(x, axis=1).astype(np.int32), spread(2, 4, 3), axis=1)


def shifted(x, by, value):
    made = np.full_like(x, value)
    if by > 0:
        made[:, by:] = x[:, :-by]
    else:
        made[:, :by] = x[:, -by:]
    return made


unary("shift", "to the end", lambda x: shifted(x, 2, 0.5), normal(2, 5), axis=1, by=2, value=0.5)
unary("shift", "whole numbers, to the start", lambda x: shifted(x, -1, 3), ids(9, 2, 5), axis=1, by=-1, value=3)


def halved(**v):
    first, second = np.split(v["in"], [v["in"].shape[-1] // 2], axis=-1)
    return {"first": first, "second": second}


case("split", "halves", halved, {"in": normal(2, 3, 6)})
case("split", "a size", lambda **v: {"first": v["in"][:, :1], "second": v["in"][:, 1:]}, {"in": normal(2, 4, 3)}, axis=1, size=1)
case("concat", "three along the last axis", lambda **v: np.concatenate(v["in"], axis=-1), {"in": [normal(2, 3, 1), normal(2, 3, 2), normal(2, 3, 4)]})
case("concat", "along the steps", lambda **v: np.concatenate(v["in"], axis=1), {"in": [normal(2, 1, 3), normal(2, 4, 3)]}, axis=1)
case("stack", "two", lambda **v: np.stack(v["in"], axis=1), {"in": [normal(2, 3), normal(2, 3)]}, axis=1)

REDUCTIONS = {
    "mean": np.mean,
    "sum": np.sum,
    "max": np.max,
    "min": np.min,
    "variance": np.var,
    "norm": lambda x, axis, keepdims: np.sqrt((x**2).sum(axis=axis, keepdims=keepdims) + 1e-12),
    "logsumexp": lambda x, axis, keepdims: np.log(np.exp(x).sum(axis=axis, keepdims=keepdims)),
}
for op, function in REDUCTIONS.items():
    unary(op, "one axis", lambda x, f=function: f(x, axis=1, keepdims=False), spread(2, 4, 3, step=0.11), axis=1)
    unary(op, "two axes that stay", lambda x, f=function: f(x, axis=(1, 2), keepdims=True), spread(2, 3, 4, step=0.11), axis=[1, -1], keep_dims=True)

pair("matmul", "groups", np.matmul, normal(2, 3, 4), normal(2, 4, 5))
pair("matmul", "both turned", lambda a, b: a.swapaxes(1, 2) @ b.swapaxes(1, 2), normal(2, 4, 3), normal(2, 5, 4), transpose_left=True, transpose_right=True)


def unit(x):
    return x / np.sqrt((x**2).sum(axis=-1, keepdims=True))


pair("dot", "rows", lambda a, b: (a * b).sum(axis=-1), normal(3, 4), normal(3, 4))
pair("cosine_similarity", "rows", lambda a, b: (unit(a) * unit(b)).sum(axis=-1), normal(3, 4), normal(3, 4))
pair("euclidean_distance", "rows", lambda a, b: np.sqrt(((a - b) ** 2).sum(axis=-1) + 1e-12), normal(3, 4), normal(3, 4))
ALL = {
    "dot": lambda a, b: a @ b.swapaxes(-1, -2),
    "cosine": lambda a, b: unit(a) @ unit(b).swapaxes(-1, -2),
    "euclidean": lambda a, b: -((a[..., :, None, :] - b[..., None, :, :]) ** 2).sum(axis=-1),
}
for by, function in ALL.items():
    pair("pairwise", by, function, normal(3, 4), normal(5, 4), by=by)
