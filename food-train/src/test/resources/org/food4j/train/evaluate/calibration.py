"""Reference numbers of CalibrationTest: python3 calibration.py > calibration.json

Logits of an overconfident classifier, in steps of 1/64, which float holds exactly. The expected
calibration error by its definition, the temperature by golden section over its logarithm.
"""

import json
import random
from math import ceil, exp, fsum, log, sqrt

CLASSES, PHOTOS = 5, 200
random.seed(11)
labels, logits = [], []
for photo in range(PHOTOS):
    label = random.randrange(CLASSES)
    row = [random.gauss(0, 3) for _ in range(CLASSES)]
    row[label] += 4
    labels.append(label)
    logits.append([round(64 * x) / 64 for x in row])


def probabilities(row, t):
    weights = [exp((x - max(row)) / t) for x in row]
    return [w / fsum(weights) for w in weights]


def nll(t):
    return -fsum(log(probabilities(r, t)[y]) for r, y in zip(logits, labels)) / PHOTOS


def ece(t):
    bins = {}
    for row, label in zip(logits, labels):
        p = probabilities(row, t)
        best = p.index(max(p))
        bins.setdefault(ceil(p[best] * 15), []).append((p[best], best == label))
    gaps = [abs(fsum(c for c, _ in b) - sum(right for _, right in b)) for b in bins.values()]
    return fsum(gaps) / PHOTOS


def golden(f, low, high):
    ratio = (sqrt(5) - 1) / 2
    while high - low > 1e-9:
        a, b = high - ratio * (high - low), low + ratio * (high - low)
        low, high = (low, b) if f(a) < f(b) else (a, high)
    return (low + high) / 2


t = exp(golden(lambda x: nll(exp(x)), log(0.05), log(20)))
print(json.dumps({"temperature": t, "loss_before": nll(1), "loss": nll(t), "error_before": ece(1),
                  "error": ece(t), "labels": labels, "logits": logits}))
