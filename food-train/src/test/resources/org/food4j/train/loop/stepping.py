"""Clipped, accumulated and averaged steps of PyTorch in double precision: numbers for ours to meet.

usage: stepping.py > stepping.json          needs PyTorch

A 1x1 convolution, batch normalisation, a rectifier, the mean over two positions and a linear layer make 100 steps on
batches of four. An epoch has eight batches, so that a step of three batches leaves an epoch's last step with two, whose
mean counts. Batch k's values are sin(0.37 j) (1 + (j mod 7) / 3) with j the index over all values of all batches, its
labels (7 k + 3 b + b b) mod 3. Biases and normalisation do not decay. The rate falls as rate / (1 + step / 20). Average:
torch.optim.swa_utils.AveragedModel, started with the initial weights, buffers included, with a decay of
min(decay, (1 + t) / (10 + t)).
"""
import json
import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel

torch.set_default_dtype(torch.float64)
STEPS, EPOCH, BATCH = 100, 8, 4
NAMES = {"0.weight": "conv_W", "1.weight": "conv_gamma", "1.bias": "conv_beta", "1.running_mean": "conv_mean",
         "1.running_var": "conv_var", "5.weight": "fc_W", "5.bias": "fc_b"}


def network():
    net = nn.Sequential(nn.Conv2d(4, 3, 1, bias=False), nn.BatchNorm2d(3, eps=1e-3, momentum=0.1), nn.ReLU(),
                        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(3, 3))
    with torch.no_grad():
        for number, (name, value) in enumerate(net.named_parameters()):
            index = torch.arange(value.numel(), dtype=torch.float64).reshape(value.shape)
            value.copy_(torch.cos(1.7 * index + number) + (1 if name == "1.weight" else 0))
    return net


def batch(k):
    j = torch.arange(k * BATCH * 8, (k + 1) * BATCH * 8, dtype=torch.float64)
    b = torch.arange(BATCH)
    x = torch.sin(0.37 * j) * (1 + torch.remainder(j, 7) / 3)
    return x.reshape(BATCH, 4, 1, 2), (7 * k + 3 * b + b * b) % 3


def state(module):
    # a linear layer's weight is [inputs, outputs] in DL4J
    values = {NAMES[name]: v for name, v in module.state_dict().items() if name in NAMES}
    return {name: (v.t() if name == "fc_W" else v).flatten().tolist() for name, v in values.items()}


def steps(create, rate, clip=0.0, together=1, ema=0.0):
    net = network()
    kept = [p for n, p in net.named_parameters() if p.dim() == 1]
    decayed = [p for n, p in net.named_parameters() if p.dim() > 1]
    optimizer = create([{"params": decayed}, {"params": kept, "weight_decay": 0.0}], rate)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 1 / (1 + step / 20))
    average = AveragedModel(net, use_buffers=True, avg_fn=lambda a, p, t: a + (1 - min(ema, (1 + t) / (10 + t))) * (p - a))
    average.update_parameters(net)
    out = {"rate": rate, "clip": clip, "together": together, "ema": ema, "norms": [], "weights": {}, "average": {}}
    k = 0
    for step in range(1, STEPS + 1):
        group = min(together, EPOCH - k % EPOCH)
        optimizer.zero_grad()
        for _ in range(group):
            x, y = batch(k)
            (nn.functional.cross_entropy(net(x), y, label_smoothing=0.1) / group).backward()
            k += 1
        norm = nn.utils.clip_grad_norm_(net.parameters(), clip if clip else float("inf"))
        out["norms"].append(norm.item())
        optimizer.step()
        schedule.step()
        average.update_parameters(net)
        if step % 20 == 0 or step == 1:
            out["weights"][step] = state(net)
            out["average"][step] = state(average.module)
    return out


def sgd(p, rate):
    return torch.optim.SGD(p, lr=rate, momentum=0.9, weight_decay=0.02)


def adamw(p, rate):
    return torch.optim.AdamW(p, lr=rate, weight_decay=0.1)


print(json.dumps({
    "start": state(network()),
    "sgd_clip": steps(sgd, 0.1, clip=0.4),
    "sgd_accumulate": steps(sgd, 0.1, together=3),
    "adamw_accumulate": steps(adamw, 0.02, together=4),
    "sgd_average": steps(sgd, 0.1, ema=0.9),
    "sgd_all": steps(sgd, 0.1, clip=0.3, together=3, ema=0.97),
    "adamw_all": steps(adamw, 0.02, clip=0.3, together=3, ema=0.97),
}))
