"""Losses of tasks: the mean over what counts, and how many that are."""

import numpy as np

from .cases import Case, LOSSES, flags, ids, normal, spread, uniform
from .elementwise import sigmoid, softmax


def loss(name, what, function, output, target, **options):
    """`function` gives the losses of what counts, one number each, or their sum and their count."""

    def make(values):
        made = function(values["output"], values["target"])
        total, count = made if isinstance(made, tuple) else (made.sum(), made.size)
        return {"mean": np.float64(total / max(count, 1)), "count": np.float64(count)}

    LOSSES.append(Case(name, what, make, {"output": output, "target": target}, {}, options))


def entropies(logits, labels, smoothing=0.0, weights=None):
    """Row by row; labels outside the classes do not count."""
    logits, labels = logits.reshape(-1, logits.shape[-1]), labels.reshape(-1)
    known = (labels >= 0) & (labels < logits.shape[-1])
    logs, right = np.log(softmax(logits[known])), labels[known]
    made = -(1 - smoothing) * logs[np.arange(len(right)), right] - smoothing * logs.mean(axis=-1)
    return made if weights is None else made * np.asarray(weights)[right]


LABELS = np.array([2, 0, -1, 3, 1], np.int32)
WEIGHTS = [0.5, 1.0, 2.0, 3.0]
loss("cross_entropy", "one row without a label", lambda x, y: entropies(x, y), normal(5, 4), LABELS)
loss("cross_entropy", "steps, smoothed, weighted", lambda x, y: entropies(x, y, 0.1, WEIGHTS), normal(2, 3, 4), ids(4, 2, 3), label_smoothing=0.1, class_weights=WEIGHTS)


def focal(x, y, gamma, weights):
    right = softmax(x)[np.arange(len(y)), y]
    return -((1 - right) ** gamma) * np.log(right) * np.asarray(weights)[y]


loss("focal", "weighted", lambda x, y: focal(x, y, 1.5, WEIGHTS), normal(5, 4), ids(4, 5), gamma=1.5, class_weights=WEIGHTS)


def binary(x, y, weight=1.0, smoothing=0.0):
    truth = y * (1 - smoothing) + smoothing / 2
    return -(weight * truth * np.log(sigmoid(x)) + (1 - truth) * np.log(1 - sigmoid(x)))


loss("binary_cross_entropy", "flags", lambda x, y: binary(x, y), normal(6), flags(6))
loss("binary_cross_entropy", "labels, smoothed, weighted", lambda x, y: binary(x, y, 3.0, 0.2), normal(4, 3), (flags(4, 3)).astype(np.float32), positive_weight=3, label_smoothing=0.2)
loss("hinge", "flags", lambda x, y: np.maximum(0, 1 - np.where(y, 1, -1) * x), spread(8), flags(8))


def distilled(x, y, temperature):
    p, q = softmax(y / temperature), softmax(x / temperature)
    return temperature**2 * (p * (np.log(p) - np.log(q))).sum(axis=-1)


loss("distillation", "levelled", lambda x, y: distilled(x, y, 2.0), normal(4, 3), normal(4, 3), temperature=2)

loss("mse", "a column against rows", lambda x, y: (x - y.reshape(x.shape)) ** 2, normal(5, 1), normal(5))
loss("mae", "rows", lambda x, y: np.abs(x - y), spread(3, 4), spread(3, 4, shift=0.17))


def huber(x, y, delta):
    d = np.abs(x - y)
    return np.where(d <= delta, d**2 / 2, delta * (d - delta / 2))


loss("huber", "both sides of delta", lambda x, y: huber(x, y, 0.7), spread(12), spread(12, shift=0.17), delta=0.7)


def quantile(x, y, share):
    d = x - y
    return np.where(d < 0, share, 1 - share) * np.abs(d)


loss("quantile", "nine of ten", lambda x, y: quantile(x, y, 0.9), spread(8), spread(8, shift=0.17), quantile=0.9)


def pairs(scores, relevance):
    made = [
        np.log1p(np.exp(-(row[i] - row[j])))
        for row, wanted in zip(scores, relevance)
        for i in range(len(row))
        for j in range(len(row))
        if wanted[i] > wanted[j]
    ]
    return np.array(made)


loss("pairwise_ranking", "some equal", pairs, normal(3, 4), ids(3, 3, 4))


def listwise(scores, relevance):
    rows = [
        -(wanted / wanted.sum() * np.log(softmax(row))).sum()
        for row, wanted in zip(scores, relevance)
        if wanted.sum() > 0
    ]
    return np.array(rows)


loss("listwise_softmax", "one row without anything relevant", listwise, normal(3, 4), np.array([[2, 0, 1, 0], [0, 0, 0, 0], [0, 3, 0, 1]], np.int32))
loss("listwise_softmax", "shares that are learned too", listwise, normal(2, 3), uniform(0.2, 2, 2, 3))


def unit(x):
    return x / np.sqrt((x**2).sum(axis=-1, keepdims=True))


def contrastive(x, y, temperature, symmetric):
    scores = unit(x) @ unit(y).T / temperature
    own = -np.log(np.diag(softmax(scores)))
    return (own - np.log(np.diag(softmax(scores.T)))) / 2 if symmetric else own


loss("contrastive", "both ways", lambda x, y: contrastive(x, y, 0.3, True), normal(4, 3), normal(4, 3), temperature=0.3)
loss("contrastive", "one way", lambda x, y: contrastive(x, y, 0.5, False), normal(4, 3), normal(4, 3), temperature=0.5, symmetric=False)


def triplets(x, labels, margin):
    far = np.sqrt(((x[:, None] - x[None]) ** 2).sum(axis=-1))
    made = []
    for i in range(len(x)):
        own = [far[i, j] for j in range(len(x)) if j != i and labels[j] == labels[i]]
        others = [far[i, j] for j in range(len(x)) if labels[j] != labels[i]]
        if own and others:
            made.append(max(0.0, max(own) - min(others) + margin))
    return np.array(made)


loss("triplet", "a label that stands alone", lambda x, y: triplets(x, y, 0.4), uniform(-1, 1, 6, 3), np.array([0, 1, 0, 1, 2, 0], np.int32), margin=0.4)

TEXT = np.array([[3, 1, 2, 0], [1, 4, 0, 0]], np.int32)
loss("next_token", "padding, smoothed", lambda x, y: entropies(x[:, :-1], np.where(y == 0, -1, y)[:, 1:], 0.1), normal(2, 4, 5), TEXT, label_smoothing=0.1)
loss("masked_token", "another mark", lambda x, y: entropies(x, np.where(y == 4, -1, y)), normal(2, 4, 5), TEXT, ignore=4)
