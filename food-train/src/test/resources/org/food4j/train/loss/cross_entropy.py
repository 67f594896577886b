"""PyTorch's cross entropy with label smoothing and class weights, and its gradient: numbers for SoftmaxCrossEntropy to meet.

usage: cross_entropy.py > cross_entropy.json          needs PyTorch

The loss is the mean that PyTorch defines; the gradient is that of the mean times the number of rows, because DL4J divides by it.
"""
import json
import torch

logits = torch.tensor([[1.5, -0.25, 0.75, 3.0], [-2.0, 0.5, 0.0, 40.0], [0.1, 0.2, 0.3, 0.4], [0.7, -0.1, 2.0, 0.3]], dtype=torch.float64, requires_grad=True)
labels = [3, 1, 0, 3]
cases = []
for weights in ([], [0.25, 1.5, 0.75, 1.5], [3.0, 0.5, 0.4, 0.1]):
    for smoothing in (0.0, 0.1, 0.3):
        logits.grad = None
        weight = torch.tensor(weights, dtype=torch.float64) if weights else None
        loss = torch.nn.functional.cross_entropy(logits, torch.tensor(labels), weight=weight, label_smoothing=smoothing)
        loss.backward()
        cases.append({"weights": weights, "smoothing": smoothing, "loss": loss.item(), "gradient": (logits.grad * len(labels)).tolist()})
print(json.dumps({"logits": logits.tolist(), "labels": labels, "cases": cases}, indent=1))
