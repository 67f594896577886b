"""PyTorch's cross entropy with label smoothing and its gradient: numbers for SoftmaxCrossEntropy to meet.

usage: cross_entropy.py > cross_entropy.json          needs PyTorch
"""
import json
import torch

logits = torch.tensor([[1.5, -0.25, 0.75, 3.0], [-2.0, 0.5, 0.0, 40.0], [0.1, 0.2, 0.3, 0.4]], dtype=torch.float64, requires_grad=True)
labels = [3, 1, 0]
cases = []
for smoothing in (0.0, 0.1, 0.3):
    logits.grad = None
    loss = torch.nn.functional.cross_entropy(logits, torch.tensor(labels), label_smoothing=smoothing, reduction="sum")
    loss.backward()
    cases.append({"smoothing": smoothing, "loss": loss.item() / len(labels), "gradient": logits.grad.tolist()})
print(json.dumps({"logits": logits.tolist(), "labels": labels, "cases": cases}, indent=1))
