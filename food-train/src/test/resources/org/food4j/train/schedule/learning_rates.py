"""PyTorch's learning rates over 100 steps: numbers for our schedules to meet.

usage: learning_rates.py > learning_rates.json          needs PyTorch

Each row's key names the schedule and its settings; the base rate is 0.1.
"""
import json
import torch
from torch.optim import lr_scheduler as s

STEPS = 100


def rates(create, warm_up=0):
    optimizer = torch.optim.SGD([torch.zeros(1, dtype=torch.float64)], lr=0.1)
    schedule = create(optimizer)
    if warm_up:
        rise = s.LinearLR(optimizer, start_factor=1 / warm_up, total_iters=warm_up - 1)
        schedule = s.SequentialLR(optimizer, [rise, schedule], milestones=[warm_up])
    values = []
    for _ in range(STEPS):
        values.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step()
    return values


def one_cycle(share):
    return lambda o: s.OneCycleLR(o, max_lr=0.1, total_steps=STEPS + 1, pct_start=share, cycle_momentum=False)


print(json.dumps({
    "constant": rates(lambda o: s.ConstantLR(o, factor=1)),
    "constant_warm_up_7": rates(lambda o: s.ConstantLR(o, factor=1), 7),
    "step_30_of_0.1": rates(lambda o: s.StepLR(o, 30, gamma=0.1)),
    "multi_step_20_55_90_of_0.3": rates(lambda o: s.MultiStepLR(o, [20, 55, 90], gamma=0.3)),
    "cosine_to_0.001": rates(lambda o: s.CosineAnnealingLR(o, STEPS, eta_min=0.001)),
    "cosine_warm_up_10": rates(lambda o: s.CosineAnnealingLR(o, STEPS - 10), 10),
    "restarts_25_to_0.001": rates(lambda o: s.CosineAnnealingWarmRestarts(o, 25, eta_min=0.001)),
    "restarts_13_doubling": rates(lambda o: s.CosineAnnealingWarmRestarts(o, 13, T_mult=2)),
    "restarts_45_warm_up_10": rates(lambda o: s.CosineAnnealingWarmRestarts(o, 45), 10),
    "one_cycle_30_of_101": rates(one_cycle(30 / 101)),
    "polynomial_0.9": rates(lambda o: s.PolynomialLR(o, STEPS, power=0.9)),
    "polynomial_2_of_60": rates(lambda o: s.PolynomialLR(o, 60, power=2)),
}, indent=1))
