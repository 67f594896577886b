"""Writes attention_gradients.json: outputs and gradients of attention modules in PyTorch, in double precision.

Each module stands behind a 1x1 convolution and a rectifier, so that maxima are found more than once. Parameters, input and the
gradient of the output follow the formula below; the test computes the same numbers. models.py defines the modules.
usage: python attention_gradients.py FOLDER_OF_MODELS_PY > attention_gradients.json
"""
import json
import sys

import torch
from torch import nn

sys.path.insert(0, sys.argv[1])
import models  # noqa: E402

N, C, H, W = 2, 8, 3, 4


def formula(name, *shape):
    i = torch.arange(1, torch.Size(shape).numel() + 1, dtype=torch.float64)
    return torch.sin(0.37 * i * i + len(name)).reshape(shape)


def case(module):
    net = nn.Sequential()
    net.add_module("stem", nn.Conv2d(C, C, 1))
    net.add_module("relu", nn.ReLU())
    net.add_module("module", module)
    net.double()
    with torch.no_grad():
        for name, parameter in net.named_parameters():
            parameter.copy_(0.7 * formula(name, *parameter.shape))
    y = net(formula("input", N, C, H, W))
    y.backward(formula("gradient", N, C, H, W))
    tensors = {"y": y.detach(), **{name: p.grad for name, p in net.named_parameters()}}
    return {name: [float(f"{v:.9g}") for v in t.flatten().tolist()] for name, t in tensors.items()}


print(
    json.dumps(
        {
            "cbam": case(models.Cbam(C, 4)),
            "eca": case(models.EfficientChannelAttention(C)),
            "attention": case(models.SelfAttention2d(C, 2)),
        },
        indent=1,
    ).replace(",\n   ", ",").replace("[\n   ", "[").replace("\n  ]", "]")
)
