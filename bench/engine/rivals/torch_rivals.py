"""PyTorch, one epoch for each line on stdin: `torch_rivals.py eager|compile|lightning`; Adam is fused in all of them."""

import importlib.util
import json
import os
import sys
import time

os.environ["CUDA_VISIBLE_DEVICES"] = ""
way = sys.argv[1]
for package in ["torch", *(["lightning"] if way == "lightning" else [])]:
    if importlib.util.find_spec(package) is None:
        print(json.dumps({"missing": f"{package} is not installed"}), flush=True)
        sys.exit()

import numpy as np  # noqa: E402
import torch  # noqa: E402
from torch import nn  # noqa: E402
from torch.nn import functional as F  # noqa: E402

about = json.load(open("model.json"))
batch, classes, ids = about["batch"], about["classes"], about["ids"]
y = np.fromfile("y.bin", np.int32).astype(np.int64)
x = np.fromfile("x.bin", np.int32 if ids else np.float32).reshape(len(y), *about["shape"])
if len(about["shape"]) == 3:
    x = x.transpose(0, 3, 1, 2)
data = torch.from_numpy(np.ascontiguousarray(x)), torch.from_numpy(y)


class TextCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.table, self.windows = nn.Embedding(ids, 64), nn.Conv1d(64, 64, 5)
        self.out = nn.Linear(64, classes)

    def forward(self, words):
        return self.out(F.relu(self.windows(self.table(words).transpose(1, 2))).amax(2))


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.second = nn.LayerNorm(128), nn.LayerNorm(128)
        self.inner, self.outer = nn.Linear(128, 3 * 128), nn.Linear(128, 128)
        self.wide, self.narrow = nn.Linear(128, 512), nn.Linear(512, 128)

    def forward(self, states):
        rows, steps, width = states.shape
        parts = self.inner(self.first(states)).view(rows, steps, 3, 4, width // 4).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(*parts).transpose(1, 2).reshape(rows, steps, width)
        states = states + self.outer(mixed)
        return states + self.narrow(F.gelu(self.wide(self.second(states))))


class Transformer(nn.Module):
    def __init__(self):
        super().__init__()
        self.table, self.places = nn.Embedding(ids, 128), nn.Parameter(0.02 * torch.randn(64, 128))
        self.layers, self.normed = nn.Sequential(Layer(), Layer()), nn.LayerNorm(128)
        self.out = nn.Linear(128, classes)

    def forward(self, words):
        return self.out(self.normed(self.layers(self.table(words) + self.places)).mean(1))


class TextLSTM(nn.Module):
    def __init__(self):
        super().__init__()
        self.table, self.out = nn.Embedding(ids, 64), nn.Linear(128, classes)
        self.states = nn.LSTM(64, 64, batch_first=True, bidirectional=True)
        # A second bias beside the first, which nobody else has.
        for second in [self.states.bias_hh_l0, self.states.bias_hh_l0_reverse]:
            nn.init.zeros_(second.requires_grad_(False))

    def forward(self, words):
        return self.out(self.states(self.table(words))[0].amax(1))


def conv(given, filters, kernel, stride=1):
    layer = nn.Conv2d(given, filters, kernel, stride, kernel // 2, bias=False)
    return nn.Sequential(layer, nn.BatchNorm2d(filters))


class Block(nn.Module):
    def __init__(self, given, filters, stride):
        super().__init__()
        self.first, self.second = conv(given, filters, 3, stride), conv(filters, filters, 3)
        self.around = nn.Identity() if stride == 1 else conv(given, filters, 1, stride)

    def forward(self, image):
        return F.relu(self.around(image) + self.second(F.relu(self.first(image))))


def resnet():
    sizes = [(16, 16, 1), (16, 32, 2), (32, 32, 1), (32, 64, 2), (64, 64, 1)]
    pool = [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, classes)]
    return nn.Sequential(conv(3, 16, 3), nn.ReLU(), *(Block(*each) for each in sizes), *pool)


def mlp():
    return nn.Sequential(nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, classes))


model = {"mlp": mlp, "cnn": TextCNN, "transformer": Transformer, "lstm": TextLSTM, "resnet": resnet}[about["name"]]()


def adam():
    return torch.optim.Adam(model.parameters(), 1e-3, fused=True)


def answer(start, loss):
    ms = (time.perf_counter() - start) * 1000
    parameters = sum(each.numel() for each in model.parameters() if each.requires_grad)
    about = {"ms": ms, "loss": loss, "parameters": parameters, "version": torch.__version__}
    print(json.dumps(about), flush=True)


def loop():
    optimizer = adam()
    network = torch.compile(model) if way == "compile" else model
    for _ in sys.stdin:
        start = time.perf_counter()
        total = 0.0
        for rows in torch.randperm(len(y)).split(batch):
            optimizer.zero_grad()
            loss = F.cross_entropy(network(data[0][rows]), data[1][rows])
            loss.backward()
            optimizer.step()
            total += loss.item()
        answer(start, total / (len(y) // batch))


class Rows(torch.utils.data.TensorDataset):
    """Given to the loader a batch at a time, for one row after the other takes longer than a step."""

    def __getitems__(self, indices):
        return self[torch.tensor(indices)]


def lightning():
    import logging
    import warnings

    import lightning as L

    logging.getLogger("lightning.pytorch").setLevel(logging.ERROR)
    warnings.filterwarnings("ignore", module="lightning")

    class Task(L.LightningModule):
        def __init__(self):
            super().__init__()
            self.network = model

        def training_step(self, rows, _):
            return F.cross_entropy(self.network(rows[0]), rows[1])

        def configure_optimizers(self):
            return adam()

    class Paced(L.Callback):
        """One run of the trainer; time between its epochs does not count."""

        def on_train_epoch_start(self, trainer, _):
            if not sys.stdin.readline():
                sys.exit()
            self.start, self.losses = time.perf_counter(), []

        def on_train_batch_end(self, trainer, _, outputs, *rest):
            self.losses.append(outputs["loss"])

        def on_train_epoch_end(self, trainer, _):
            answer(self.start, torch.stack(self.losses).mean().item())

    quiet = {"logger": False, "enable_checkpointing": False, "enable_progress_bar": False}
    trainer = L.Trainer(
        accelerator="cpu", max_epochs=-1, enable_model_summary=False, callbacks=[Paced()], **quiet
    )  # fmt: skip
    rows = torch.utils.data.DataLoader(Rows(*data), batch, shuffle=True, collate_fn=lambda given: given)
    trainer.fit(Task(), rows)


lightning() if way == "lightning" else loop()
