"""PyTorch's optimisers over 100 steps in double precision: numbers for ours to meet.

usage: steps.py > steps.json          needs PyTorch

The loss is a fixed quadratic plus a logistic term, sum(a / 2 * (w - t)^2 + log(1 + exp(-w))): its gradient,
a * (w - t) - 1 / (1 + exp(w)), follows the weights, so that one wrong step spoils all later ones. Curvatures run from
1e-9, where Adam's epsilon weighs, to 10. The second weight vector is a bias: it does not decay. The rate falls as
0.05 / (1 + step / 20).
"""
import json
import torch

STEPS = 100
CURVATURE = torch.tensor([1e-9, 1e-7, 1e-3, 0.5, 2.0, 10.0], dtype=torch.float64)
TARGET = torch.tensor([40.0, -30.0, 20.0, 1.0, -1.0, 0.5], dtype=torch.float64)
START = torch.tensor([25.0, 1.5, -0.75, 0.3, -2.0, 0.1], dtype=torch.float64)


def weights(create):
    decayed = START.clone().requires_grad_()
    kept = START.clone().requires_grad_()
    optimizer = create([{"params": [decayed]}, {"params": [kept], "weight_decay": 0.0}])
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 1 / (1 + step / 20))
    steps = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        for w in (decayed, kept):
            (CURVATURE / 2 * (w - TARGET) ** 2 + torch.nn.functional.softplus(-w, threshold=1e9)).sum().backward()
        optimizer.step()
        schedule.step()
        steps.append(decayed.tolist() + kept.tolist())
    return steps


o = torch.optim
print(json.dumps({
    "curvature": CURVATURE.tolist(), "target": TARGET.tolist(), "start": START.tolist(), "rate": 0.05,
    "sgd": weights(lambda p: o.SGD(p, lr=0.05)),
    "sgd_decay": weights(lambda p: o.SGD(p, lr=0.05, weight_decay=0.02)),
    "momentum": weights(lambda p: o.SGD(p, lr=0.05, momentum=0.9, weight_decay=0.02)),
    "nesterov": weights(lambda p: o.SGD(p, lr=0.05, momentum=0.8, nesterov=True, weight_decay=0.02)),
    "adam": weights(lambda p: o.Adam(p, lr=0.05)),
    "adam_decay": weights(lambda p: o.Adam(p, lr=0.05, weight_decay=0.02)),
    "adamw": weights(lambda p: o.AdamW(p, lr=0.05, weight_decay=0.3)),
    "adamw_betas": weights(lambda p: o.AdamW(p, lr=0.05, betas=(0.8, 0.99), eps=1e-3, weight_decay=0.1)),
}))
