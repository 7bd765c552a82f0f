"""Ops that work number by number."""

import math

import numpy as np

from .cases import case, flags, ids, normal, spread, uniform

erf = np.vectorize(math.erf, otypes=[float])


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def gelu(x):
    return x * 0.5 * (1 + erf(x / math.sqrt(2)))


def elu(x, alpha=1.0):
    return np.where(x > 0, x, alpha * (np.exp(np.minimum(x, 0)) - 1))


ACTIVATIONS = {
    "linear": lambda x: x,
    "relu": lambda x: np.maximum(x, 0),
    "relu6": lambda x: np.clip(x, 0, 6),
    "leaky_relu": lambda x: np.where(x > 0, x, 0.01 * x),
    "elu": elu,
    "selu": lambda x: 1.0507009873554805 * elu(x, 1.6732632423543772),
    "gelu": gelu,
    "gelu_tanh": lambda x: x / 2 * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))),
    "silu": lambda x: x * sigmoid(x),
    "mish": lambda x: x * np.tanh(np.log1p(np.exp(x))),
    "softplus": lambda x: np.log1p(np.exp(x)),
    "softsign": lambda x: x / (1 + np.abs(x)),
    "tanh": np.tanh,
    "hard_tanh": lambda x: np.clip(x, -1, 1),
    "sigmoid": sigmoid,
    "hard_sigmoid": lambda x: np.clip(x / 6 + 0.5, 0, 1),
    "hard_swish": lambda x: x * np.clip(x / 6 + 0.5, 0, 1),
    "softmax": softmax,
    "log_softmax": lambda x: np.log(softmax(x)),
}


def unary(op, name, function, x, **attributes):
    case(op, name, lambda **v: function(v["in"]), {"in": x}, **attributes)


for activation, function in ACTIVATIONS.items():
    if activation != "linear":
        unary(activation, "numbers on both sides", function, spread(4, 18))
unary("leaky_relu", "another slope", lambda x: np.where(x > 0, x, 0.3 * x), spread(3, 6), slope=0.3)
unary("elu", "another alpha", lambda x: elu(x, 0.5), spread(3, 6), alpha=0.5)
unary("exp", "numbers on both sides", np.exp, uniform(-3, 3, 3, 5))
unary("log", "positive numbers", np.log, uniform(0.2, 4, 3, 5))
unary("sqrt", "positive numbers", np.sqrt, uniform(0.2, 4, 3, 5))
unary("square", "numbers on both sides", np.square, normal(3, 5))
unary("abs", "numbers on both sides", np.abs, spread(3, 5))
unary("sin", "several turns", np.sin, uniform(-7, 7, 3, 5))
unary("cos", "several turns", np.cos, uniform(-7, 7, 3, 5))
unary("clip", "both sides", lambda x: np.clip(x, -0.9, 0.8), spread(3, 6), least=-0.9, greatest=0.8)
unary("clip", "one side", lambda x: np.maximum(x, -0.9), spread(3, 6), least=-0.9)
unary("scale", "factor and offset", lambda x: x * -0.7 + 0.3, normal(3, 4), factor=-0.7, offset=0.3)
unary("identity", "numbers", lambda x: x, normal(3, 4))
unary("dropout", "evaluation", lambda x: x, normal(3, 4), rate=0.4)
unary("spatial_dropout", "evaluation", lambda x: x, normal(2, 3, 4), rate=0.4)
unary("gaussian_noise", "evaluation", lambda x: x, normal(3, 4), stddev=0.4)
unary("cast", "float to int", lambda x: x.astype(np.int32), spread(3, 5), to="int32")
unary("cast", "int to float", lambda x: x.astype(np.float64), ids(9, 3, 5), to="float32")
unary("cast", "bool to float", lambda x: x.astype(np.float64), flags(3, 5), to="float32")
unary("mask_of", "another pad", lambda x: (x != 2).astype(np.float64), ids(4, 3, 6), pad=2)
unary("logical_not", "flags", np.logical_not, flags(3, 5))

case(
    "prelu",
    "a slope for each channel",
    lambda slope, **v: np.where(v["in"] > 0, v["in"], slope * v["in"]),
    {"in": spread(2, 3, 4)},
    {"slope": uniform(0.1, 0.5, 4)},
)


def halves(function):
    def made(x):
        a, b = np.split(x, 2, axis=-1)
        return function(a, b)

    return made


unary("glu", "halves", halves(lambda a, b: a * sigmoid(b)), normal(2, 3, 8))
unary("swiglu", "halves", halves(lambda a, b: a * sigmoid(a) * b), normal(2, 3, 8))
unary("geglu", "halves", halves(lambda a, b: gelu(a) * b), normal(2, 3, 8))


def several(op, name, function, *values):
    def make(**v):
        made = v["in"][0]
        for other in v["in"][1:]:
            made = function(made, other)
        return made

    case(op, name, make, {"in": list(values)})


several("add", "three, one repeated", np.add, normal(2, 3, 4), normal(3, 4), normal(4))
several("multiply", "an axis of size 1", np.multiply, normal(2, 3, 4), normal(2, 1, 4))
several("maximum", "two", np.maximum, spread(3, 6), spread(3, 6, shift=0.17))
several("minimum", "three", np.minimum, spread(3, 6), spread(3, 6, shift=0.17), spread(6, shift=0.12))


def pair(op, name, function, left, right, **attributes):
    case(op, name, lambda left, right: function(left, right), {"left": left, "right": right}, **attributes)


pair("subtract", "a row from all", np.subtract, normal(3, 4), normal(4))
pair("divide", "by numbers away from 0", np.divide, normal(3, 4), uniform(0.5, 2, 3, 1))
pair("power", "of positive numbers", np.power, uniform(0.3, 3, 3, 4), uniform(-2, 2, 4))
for op, function in {
    "equal": np.equal,
    "not_equal": np.not_equal,
    "less": np.less,
    "less_equal": np.less_equal,
    "greater": np.greater,
    "greater_equal": np.greater_equal,
}.items():
    pair(op, "whole numbers", function, ids(3, 4, 5), ids(3, 5))
    pair(op, "numbers", function, normal(4, 5), normal(4, 5))
pair("logical_and", "flags", np.logical_and, flags(4, 5), flags(5))
pair("logical_or", "flags", np.logical_or, flags(4, 5), flags(5))
case(
    "where",
    "a row for the rest",
    lambda condition, left, right: np.where(condition, left, right),
    {"condition": flags(3, 4), "left": normal(3, 4), "right": normal(4)},
)
