"""Keras `fit`, or a hand-written `tf.function` step: `keras_rivals.py fit|function`, one epoch for each line on stdin."""

import importlib.util
import json
import os
import sys
import time

if importlib.util.find_spec("tensorflow") is None:
    print(json.dumps({"missing": "tensorflow is not installed in this Python"}), flush=True)
    sys.exit()

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
# As Brique does.
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")
os.environ["CUDA_VISIBLE_DEVICES"] = ""
import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
from keras import layers  # noqa: E402

about = json.load(open("model.json"))
batch, classes, ids = about["batch"], about["classes"], about["ids"]
y = np.fromfile("y.bin", np.int32)
x = np.fromfile("x.bin", np.int32 if ids else np.float32).reshape(len(y), *about["shape"])


class Positions(layers.Layer):
    def build(self, shape):
        self.table = self.add_weight(shape=shape[1:], initializer=keras.initializers.RandomNormal(stddev=0.02))

    def call(self, inputs):
        return inputs + self.table


def mlp(image):
    return layers.Dense(512, "relu")(image)


def cnn(words):
    return layers.GlobalMaxPooling1D()(layers.Conv1D(64, 5, activation="relu")(layers.Embedding(ids, 64)(words)))


def gelu(values):
    return keras.activations.gelu(values, approximate=False)


def normed(states):
    return layers.LayerNormalization(epsilon=1e-5)(states)


def transformer(words):
    states = Positions()(layers.Embedding(ids, 128)(words))
    for _ in range(2):
        before = normed(states)
        states = states + layers.MultiHeadAttention(4, 32)(before, before)
        states = states + layers.Dense(128)(layers.Dense(512, gelu)(normed(states)))
    return layers.GlobalAveragePooling1D()(normed(states))


def lstm(words):
    states = layers.Bidirectional(layers.LSTM(64, return_sequences=True))(layers.Embedding(ids, 64)(words))
    return layers.GlobalMaxPooling1D()(states)


def conv(image, filters, kernel, stride=1):
    options = {"padding": "same", "use_bias": False, "kernel_initializer": "he_uniform"}
    return layers.BatchNormalization()(layers.Conv2D(filters, kernel, stride, **options)(image))


def resnet(image):
    image = layers.ReLU()(conv(image, 16, 3))
    for filters, stride in [(16, 1), (32, 2), (32, 1), (64, 2), (64, 1)]:
        second = conv(layers.ReLU()(conv(image, filters, 3, stride)), filters, 3)
        around = image if stride == 1 else conv(image, filters, 1, stride)
        image = layers.ReLU()(second + around)
    return layers.GlobalAveragePooling2D()(image)


given = keras.Input(about["shape"], dtype="int32" if ids else "float32")
build = {"mlp": mlp, "cnn": cnn, "transformer": transformer, "lstm": lstm, "resnet": resnet}[about["name"]]
model = keras.Model(given, layers.Dense(classes)(build(given)))
cross_entropy = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
optimizer = keras.optimizers.Adam(1e-3)


def epoch_by_fit():
    return model.fit(x, y, batch_size=batch, epochs=1, verbose=0).history["loss"][0]


slots = [(v.value, tf.Variable(tf.zeros_like(v)), tf.Variable(tf.zeros_like(v))) for v in model.trainable_variables]
count = tf.Variable(0.0)


@tf.function
def step(rows, labels):
    """Forward, backward and TensorFlow's own fused Adam."""
    with tf.GradientTape() as tape:
        logits = model(rows, training=True)
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits))
    gradients = tape.gradient(loss, [variable for variable, _, _ in slots])
    count.assign_add(1.0)
    powers = tf.pow(0.9, count), tf.pow(0.999, count)
    for (variable, m, v), gradient in zip(slots, gradients):
        tf.raw_ops.ResourceApplyAdam(
            var=variable.handle, m=m.handle, v=v.handle, beta1_power=powers[0], beta2_power=powers[1],
            lr=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-7, grad=tf.convert_to_tensor(gradient),
        )  # fmt: skip
    return loss


def epoch_by_function():
    order = np.random.permutation(len(y))
    total = 0.0
    for start in range(0, len(y), batch):
        rows = order[start : start + batch]
        total += float(step(tf.constant(x[rows]), tf.constant(y[rows])))
    return total / (len(y) // batch)


if sys.argv[1] == "fit":
    model.compile(optimizer, cross_entropy, metrics=["accuracy"])
parameters = sum(int(np.prod(each.shape)) for each in model.trainable_variables)
epoch = {"fit": epoch_by_fit, "function": epoch_by_function}[sys.argv[1]]
for _ in sys.stdin:
    start = time.perf_counter()
    loss = epoch()
    ms = (time.perf_counter() - start) * 1000
    print(json.dumps({"ms": ms, "loss": loss, "parameters": parameters, "version": tf.__version__}), flush=True)
