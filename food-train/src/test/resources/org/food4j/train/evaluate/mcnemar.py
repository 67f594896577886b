"""Reference numbers of McNemarTest: python3 mcnemar.py > mcnemar.json

McNemar's test: the binomial tail in exact fractions below 25 discordant pairs, else chi-square with
one degree of freedom and continuity correction, whose tail is erfc(sqrt(x / 2)). The interval of the
difference is method 10 of Newcombe 1998, "Improved confidence intervals for the difference between
binomial proportions based on paired data", written down from the paper's four cells e, f, g, h.
"""

import json
from fractions import Fraction
from math import comb, erfc, sqrt
from statistics import NormalDist

Z = NormalDist().inv_cdf(0.975)


def p_value(f, g):
    n = f + g
    if n < 25:
        tail = sum(Fraction(comb(n, k), 2**n) for k in range(min(f, g) + 1))
        return float(min(Fraction(1), 2 * tail))
    return erfc(sqrt(max(0, abs(f - g) - 1) ** 2 / n / 2))


def wilson(x, n):
    # roots of (p - x/n)^2 = z^2 p (1 - p) / n
    a, b, c = n + Z * Z, -(2 * x + Z * Z), x * x / n
    root = sqrt(b * b - 4 * a * c)
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


def newcombe(e, f, g, h):
    n = e + f + g + h
    p1, p2 = (e + f) / n, (e + g) / n
    l1, u1 = wilson(e + f, n)
    l2, u2 = wilson(e + g, n)
    margins = (e + f) * (g + h) * (e + g) * (f + h)
    cross = e * h - f * g
    if margins == 0:
        phi = 0
    else:
        phi = (max(cross - n / 2, 0) if cross > 0 else cross) / sqrt(margins)
    dl1, du1, dl2, du2 = p1 - l1, u1 - p1, p2 - l2, u2 - p2
    theta = p1 - p2
    low = theta - sqrt(dl1**2 - 2 * phi * dl1 * du2 + du2**2)
    high = theta + sqrt(du1**2 - 2 * phi * du1 * dl2 + dl2**2)
    return theta, low, high


CASES = [
    (20, 12, 2, 16), (54, 0, 0, 0), (53, 1, 0, 0), (30, 6, 4, 10), (0, 10, 0, 5), (300, 14, 10, 60),
    (300, 15, 10, 60), (200, 30, 30, 40), (200, 31, 30, 40), (400, 80, 41, 100), (1000, 300, 120, 80),
    (5000, 900, 100, 400), (5, 30, 40, 3),
]
rows = []
for cells in CASES:
    difference, low, high = newcombe(*cells)
    rows.append({"cells": cells, "p_value": p_value(cells[1], cells[2]), "difference": difference,
                 "low": low, "high": high})
print(json.dumps(rows, indent=1))
