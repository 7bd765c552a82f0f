"""Layers: tables, linear layers, normalisation, recurrence, attention."""

import math

import numpy as np

from .cases import case, ids, lengths, normal, single, uniform
from .elementwise import ACTIVATIONS, sigmoid, softmax

case("dense", "relu", lambda kernel, bias, **v: np.maximum(v["in"] @ kernel + bias, 0), {"in": normal(2, 3, 4)}, {"kernel": normal(4, 5), "bias": normal(5)}, units=5, activation="relu")
case("dense", "without bias", lambda kernel, **v: v["in"] @ kernel, {"in": normal(3, 4)}, {"kernel": normal(4, 2)}, units=2, use_bias=False)
for activation, function in ACTIVATIONS.items():
    if activation not in ("linear", "relu"):
        case("dense", activation, lambda kernel, bias, f=function, **v: f(v["in"] @ kernel + bias), {"in": normal(2, 3)}, {"kernel": normal(3, 4), "bias": normal(4)}, units=4, activation=activation)
case("embedding", "ids that come again", lambda table, **v: table[v["in"]], {"in": ids(5, 2, 6)}, {"table": normal(5, 3)}, size=5, dim=3)
case("lookup", "a table from outside", lambda table, **v: table[v["in"]], {"in": ids(5, 2, 6), "table": normal(5, 3)})
case("parameter", "a table", lambda value: value, {}, {"value": normal(3, 4)}, shape=[3, 4])
case("constant", "a shape", lambda: np.full((2, 3), 0.7), value=0.7, shape=[2, 3])
case("positional_embedding", "shorter than its table", lambda table, **v: v["in"] + table[: v["in"].shape[1]], {"in": normal(2, 3, 4)}, {"table": normal(5, 4)}, length=5)
case("class_token", "a sequence", lambda token, **v: np.concatenate([np.broadcast_to(token, (v["in"].shape[0], 1, token.size)), v["in"]], axis=1), {"in": normal(2, 3, 4)}, {"token": normal(4)})


def waves(steps, width, base):
    made = np.zeros((steps, width))
    for p in range(steps):
        for i in range(width):
            phase = p / base ** (2 * (i // 2) / width)
            made[p, i] = math.sin(phase) if i % 2 == 0 else math.cos(phase)
    return made


case("sinusoidal_embedding", "another base", lambda **v: v["in"] + waves(5, 6, 50.0), {"in": normal(2, 5, 6)}, base=50)


def turned(x, base):
    """Pairs (i, i + size/2) of [..., steps, size], turned by p / base^(2i/size)."""
    steps, size = x.shape[-2:]
    angle = np.arange(steps)[:, None] / base ** (2 * np.arange(size // 2) / size)
    u, v = np.split(x, 2, axis=-1)
    return np.concatenate([u * np.cos(angle) - v * np.sin(angle), u * np.sin(angle) + v * np.cos(angle)], axis=-1)


def heads_of(x, heads):
    batch, steps, width = x.shape
    return x.reshape(batch, steps, heads, width // heads).transpose(0, 2, 1, 3)


def together(x):
    batch, heads, steps, size = x.shape
    return x.transpose(0, 2, 1, 3).reshape(batch, steps, heads * size)


case("rotary_embedding", "two heads side by side", lambda **v: together(turned(heads_of(v["in"], 2), 100.0)), {"in": normal(2, 4, 8)}, heads=2, base=100)
case("rotary_embedding", "heads apart", lambda **v: turned(v["in"], 10000.0), {"in": normal(2, 2, 3, 4)})


def attend(query, key, value, mask=None, causal=False, scale=None):
    scale = 1 / math.sqrt(query.shape[-1]) if scale is None else scale
    scores = query @ np.swapaxes(key, -1, -2) * scale
    if mask is not None:
        seen = mask[:, None, None, :] if mask.ndim == 2 else mask[:, None]
        scores = np.where(seen > 0, scores, -1e9)
    if causal:
        scores = scores + np.triu(np.full(scores.shape[-2:], -1e9), 1)
    return softmax(scores) @ value


def attention(heads, kv_heads=None, causal=False, rotary=False, base=10000.0):
    def run(mask=None, context=None, **v):
        asking = v["in"]
        asked = asking if context is None else context

        def side(name, x, count):
            bias = v.get(f"{name}_bias")
            made = x @ v[f"{name}_kernel"]
            return heads_of(made if bias is None else made + bias, count)

        query = side("query", asking, heads)
        key, value = (side(name, asked, kv_heads or heads) for name in ("key", "value"))
        if rotary:
            query, key = turned(query, base), turned(key, base)
        shared = heads // (kv_heads or heads)
        mixed = together(attend(query, key.repeat(shared, axis=1), value.repeat(shared, axis=1), mask, causal))
        made = mixed @ v["output_kernel"]
        return made + v["output_bias"] if "output_bias" in v else made

    return run


def projections(width, asked, inner, shared, bias=True):
    made = {
        "query_kernel": normal(width, inner),
        "key_kernel": normal(asked, shared),
        "value_kernel": normal(asked, shared),
        "output_kernel": normal(inner, width),
    }
    sizes = {"query": inner, "key": shared, "value": shared, "output": width}
    return made | ({f"{name}_bias": normal(size) for name, size in sizes.items()} if bias else {})


case("attention", "two heads, a mask", attention(2), {"in": normal(2, 4, 6), "mask": lengths(4, 4, 2)}, projections(6, 6, 6, 6), heads=2)
case("attention", "causal, rotary, without bias", attention(2, causal=True, rotary=True), {"in": normal(2, 4, 8)}, projections(8, 8, 8, 8, bias=False), heads=2, causal=True, rotary=True, use_bias=False)
case("attention", "another sequence, shared keys, a size", attention(4, kv_heads=2), {"in": normal(2, 3, 4), "context": normal(2, 5, 6)}, projections(4, 6, 12, 6), heads=4, kv_heads=2, size=3)
case("dot_attention", "three axes, a scale", lambda query, key, value: attend(query, key, value, scale=0.3), {"query": normal(2, 3, 4), "key": normal(2, 5, 4), "value": normal(2, 5, 2)}, scale=0.3)
case("dot_attention", "heads, causal, a mask", lambda query, key, value, mask: attend(query, key, value, mask, causal=True), {"query": normal(2, 2, 4, 3), "key": normal(2, 2, 4, 3), "value": normal(2, 2, 4, 3), "mask": lengths(4, 4, 3)}, causal=True)


def lstm(x, state, kernel, recurrent, bias):
    h, c = state
    i, f, g, o = np.split(x @ kernel + h @ recurrent + bias, 4, axis=-1)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c


def gru(x, state, kernel, recurrent, bias, recurrent_bias):
    (h,) = state
    z, r, n = np.split(x @ kernel + bias, 3, axis=-1)
    pz, pr, pn = np.split(h @ recurrent + recurrent_bias, 3, axis=-1)
    z, r = sigmoid(z + pz), sigmoid(r + pr)
    return (z * h + (1 - z) * np.tanh(n + r * pn),)


def simple(x, state, kernel, recurrent, bias):
    (h,) = state
    return (np.tanh(x @ kernel + h @ recurrent + bias),)


CELLS = {"lstm": (lstm, 4, 2), "gru": (gru, 3, 1), "simple_rnn": (simple, 1, 1)}


def recurrence(op, units, sequences, bidirectional):
    cell, _, parts = CELLS[op]

    def direction(x, mask, weights, backward):
        state = tuple(np.zeros((x.shape[0], units)) for _ in range(parts))
        made = [None] * x.shape[1]
        for t in range(x.shape[1])[:: -1 if backward else 1]:
            fresh = cell(x[:, t], state, **weights)
            if mask is not None:
                counts = mask[:, t, None] > 0
                fresh = tuple(np.where(counts, new, old) for new, old in zip(fresh, state))
            state = fresh
            made[t] = state[0]
        return np.stack(made, axis=1) if sequences else state[0]

    def run(mask=None, **v):
        x = v.pop("in")
        ahead = {name: weight for name, weight in v.items() if not name.startswith("backward_")}
        both = [direction(x, mask, ahead, False)]
        if bidirectional:
            back = {name[len("backward_") :]: v[name] for name in v if name.startswith("backward_")}
            both.append(direction(x, mask, back, True))
        return np.concatenate(both, axis=-1)

    return run


def cell_weights(op, width, units, prefix=""):
    gates = CELLS[op][1] * units
    made = {"kernel": normal(width, gates), "recurrent": normal(units, gates), "bias": normal(gates)}
    if op == "gru":
        made["recurrent_bias"] = normal(gates)
    return {prefix + name: weight for name, weight in made.items()}


for op in CELLS:
    case(op, "the last state", recurrence(op, 2, False, False), {"in": normal(2, 4, 3)}, cell_weights(op, 3, 2), units=2)
    case(
        op,
        "both ways, all states, a mask",
        recurrence(op, 2, True, True),
        {"in": normal(2, 4, 3), "mask": lengths(4, 4, 2)},
        cell_weights(op, 3, 2) | cell_weights(op, 3, 2, "backward_"),
        units=2,
        return_sequences=True,
        bidirectional=True,
    )


def normed(x, axes, epsilon):
    mean = x.mean(axis=axes, keepdims=True)
    return (x - mean) / np.sqrt(((x - mean) ** 2).mean(axis=axes, keepdims=True) + epsilon)


def grouped(x, groups, epsilon):
    split = x.reshape(*x.shape[:-1], groups, -1)
    axes = (*range(1, x.ndim - 1), x.ndim)
    return normed(split, axes, epsilon).reshape(x.shape)


def scaled(function, **attributes):
    return lambda gamma, beta, **v: function(v["in"]) * gamma + beta


def gain(width):
    return {"gamma": normal(width), "beta": normal(width)}


case("layer_norm", "another epsilon", scaled(lambda x: normed(x, -1, 0.01)), {"in": normal(2, 3, 5)}, gain(5), epsilon=0.01)
case("rms_norm", "a sequence", lambda gamma, **v: gamma * v["in"] / np.sqrt((v["in"] ** 2).mean(axis=-1, keepdims=True) + 1e-5), {"in": normal(2, 3, 5)}, {"gamma": normal(5)})
case("group_norm", "a picture in two groups", scaled(lambda x: grouped(x, 2, 1e-5)), {"in": normal(2, 3, 2, 4)}, gain(4), groups=2)
case("group_norm", "a sequence, each channel by itself", scaled(lambda x: grouped(x, 3, 1e-5)), {"in": normal(2, 4, 3)}, gain(3), groups=3)
statistics = {"moving_mean": normal(3), "moving_variance": uniform(0.5, 2, 3)}
case("batch_norm", "training", lambda gamma, beta, moving_mean, moving_variance, **v: normed(v["in"], (0, 1), 1e-5) * gamma + beta, {"in": normal(3, 4, 3)}, gain(3) | statistics, training=True, statistics=tuple(statistics))
case("batch_norm", "evaluation", lambda gamma, beta, moving_mean, moving_variance, **v: (v["in"] - moving_mean) / np.sqrt(moving_variance + 1e-5) * gamma + beta, {"in": normal(3, 4, 3)}, gain(3) | statistics, statistics=tuple(statistics))
case("l2_normalize", "another epsilon", lambda **v: v["in"] / np.sqrt((v["in"] ** 2).sum(axis=-1, keepdims=True) + 0.1), {"in": normal(2, 3, 4)}, epsilon=0.1)


def steps_gathered(x, index):
    at = np.clip(index, 0, x.shape[1] - 1)
    return np.stack([row[places] for row, places in zip(x, at)])


case("gather", "several, one outside", lambda index, **v: steps_gathered(v["in"], index), {"in": normal(2, 4, 3), "index": np.array([[3, 0, 3], [1, 9, 2]], np.int32)})
case("last_step", "a mask", lambda mask, **v: steps_gathered(v["in"], mask.sum(axis=1).astype(int) - 1), {"in": normal(3, 4, 2), "mask": lengths(4, 4, 1, 3)})
case("last_step", "all of it", lambda **v: v["in"][:, -1], {"in": normal(3, 4, 2)})
case("masked_mean", "shares, and a row without steps", lambda mask, **v: np.einsum("nt,ntc->nc", mask, v["in"]) / np.where(mask.sum(axis=1) > 0, mask.sum(axis=1), 1)[:, None], {"in": normal(3, 4, 2), "mask": single([[1, 1, 0, 0], [1, 0.5, 0.25, 0], [0, 0, 0, 0]])})
