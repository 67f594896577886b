"""Reference numbers of BootstrapTest: python3 bootstrap.py > bootstrap.json

200 answers of 5 classes of different sizes, and the percentile bootstrap of their macro F1 (classes
without photo and answer left out, as scikit-learn does) with so many draws that the percentiles are
good to 0.0005. Another generator of random numbers than the library's, so that what agrees is the
method.
"""

import json

import numpy as np

DRAWS = 100_000
generator = np.random.default_rng(7)
actual = generator.choice(5, 200, p=[0.4, 0.3, 0.15, 0.1, 0.05])
right = generator.random(200) < np.array([0.8, 0.7, 0.5, 0.6, 0.3])[actual]
predicted = np.where(right, actual, generator.integers(0, 5, 200))


def macro_f1(actual, predicted):
    correct = np.bincount(actual[actual == predicted], minlength=5)
    both = np.bincount(actual, minlength=5) + np.bincount(predicted, minlength=5)
    return float(np.mean(2 * correct[both > 0] / both[both > 0]))


figures = []
for _ in range(DRAWS):
    drawn = generator.integers(0, 200, 200)
    figures.append(macro_f1(actual[drawn], predicted[drawn]))
low, high = np.percentile(figures, [2.5, 97.5])
print(
    json.dumps(
        {
            "actual": actual.tolist(),
            "predicted": predicted.tolist(),
            "macro_f1": macro_f1(actual, predicted),
            "low": float(low),
            "high": float(high),
        }
    )
)
