"""The products of a step and nothing else: `products.py torch|tensorflow`, one epoch for each line on stdin.

They are independent of each other here, so a library may run several at once.
"""

import importlib.util
import json
import os
import sys
import time

library = sys.argv[1]
if importlib.util.find_spec(library) is None:
    print(json.dumps({"missing": f"{library} is not installed in this Python"}), flush=True)
    sys.exit()

os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
# As Brique does.
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")
import numpy as np  # noqa: E402

steps = json.load(open("model.json"))["steps"]
products = json.load(open("products.json"))
random = np.random.default_rng(1)


def numbers(shape):
    return random.random(shape, np.float32) - 0.5


def with_torch():
    import torch

    def given(shape, channels_first=False):
        array = numbers(shape)
        return torch.from_numpy(np.ascontiguousarray(array.transpose(0, 3, 1, 2) if channels_first else array))

    def product(about):
        if about["op"] == "matmul":
            left, right = given(about["left"]), given(about["right"])
            left = left.mT if about["transposeLeft"] else left
            right = right.mT if about["transposeRight"] else right
            return lambda: left @ right
        image, out = given(about["image"], True), given(about["out"], True)
        filter = torch.from_numpy(np.ascontiguousarray(numbers(about["filter"]).transpose(3, 2, 0, 1)))
        # The same on both sides, as people write it: as many products, of the same size.
        pads = [max(pair) for pair in about["pads"]]
        if about["op"] == "conv2d":
            return lambda: torch.nn.functional.conv2d(image, filter, None, about["strides"], pads)
        wanted = [about["op"] == "conv2d_grad_input", about["op"] == "conv2d_grad_filter", False]
        backward = torch.ops.aten.convolution_backward
        return lambda: backward(
            out, image, filter, None, about["strides"], pads, [1, 1], False, [0, 0], 1, wanted
        )  # fmt: skip

    calls = [product(about) for about in products]

    def step():
        for call in calls:
            call()

    return torch.inference_mode()(step), torch.__version__


def with_tensorflow():
    import tensorflow as tf

    def product(about):
        if about["op"] == "matmul":
            left, right = tf.constant(numbers(about["left"])), tf.constant(numbers(about["right"]))
            flags = {"transpose_a": about["transposeLeft"], "transpose_b": about["transposeRight"]}
            return [left, right], lambda left, right: tf.matmul(left, right, **flags)
        image, out = tf.constant(numbers(about["image"])), tf.constant(numbers(about["out"]))
        filter = tf.constant(numbers(about["filter"]))
        how = {"strides": [1, *about["strides"], 1], "padding": "EXPLICIT"}
        how["explicit_paddings"] = [0, 0, *about["pads"][0], *about["pads"][1], 0, 0]
        raw = tf.raw_ops
        if about["op"] == "conv2d":
            return [image, filter], lambda image, filter: raw.Conv2D(input=image, filter=filter, **how)
        if about["op"] == "conv2d_grad_input":
            sizes = about["image"]
            back = lambda filter, out: raw.Conv2DBackpropInput(  # noqa: E731
                input_sizes=sizes, filter=filter, out_backprop=out, **how
            )
            return [filter, out], back
        sizes = about["filter"]
        back = lambda image, out: raw.Conv2DBackpropFilter(  # noqa: E731
            input=image, filter_sizes=sizes, out_backprop=out, **how
        )
        return [image, out], back

    made = [product(about) for about in products]

    @tf.function
    def every(tensors):
        return [call(*given) for (_, call), given in zip(made, tensors)]

    tensors = [given for given, _ in made]
    return lambda: every(tensors), tf.__version__


step, version = {"torch": with_torch, "tensorflow": with_tensorflow}[library]()
for _ in sys.stdin:
    start = time.perf_counter()
    for _ in range(steps):
        step()
    print(json.dumps({"ms": (time.perf_counter() - start) * 1000, "version": version}), flush=True)
