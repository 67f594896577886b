"""The focal loss of a softmax with label smoothing and class weights, and its gradient by PyTorch's autograd: numbers for SoftmaxCrossEntropy to meet.

usage: focal_loss.py > focal_loss.json          needs PyTorch

A row's loss is -sum over classes of weight * target * (1 - p)^gamma * log p; the mean is over the sum of the labels' weights, as that of cross_entropy. The gradient is that of the mean times the number of rows, because DL4J divides by it. At gamma 0 the loss is checked against PyTorch's cross_entropy.
"""
import json
import torch

logits = torch.tensor([[1.5, -0.25, 0.75, 3.0], [-2.0, 0.5, 0.0, 12.0], [0.1, 0.2, 0.3, 0.4], [0.7, -0.1, 2.0, 0.3]], dtype=torch.float64, requires_grad=True)
labels = torch.tensor([3, 1, 0, 3])


def focal(weights, smoothing, gamma):
    weight = torch.tensor(weights or [1.0] * 4, dtype=torch.float64)
    target = torch.nn.functional.one_hot(labels, 4).double() * (1 - smoothing) + smoothing / 4
    logp = torch.log_softmax(logits, 1)
    return -(weight * target * (-torch.expm1(logp)) ** gamma * logp).sum() / weight[labels].sum()


cases = []
for weights in ([], [0.25, 1.5, 0.75, 1.5]):
    for smoothing in (0.0, 0.2):
        plain = torch.nn.functional.cross_entropy(logits, labels, weight=torch.tensor(weights or [1.0] * 4, dtype=torch.float64), label_smoothing=smoothing)
        assert torch.isclose(plain, focal(weights, smoothing, 0.0), rtol=1e-12)
        for gamma in (0.5, 1.0, 2.0, 5.0):
            logits.grad = None
            loss = focal(weights, smoothing, gamma)
            loss.backward()
            cases.append({"weights": weights, "smoothing": smoothing, "gamma": gamma, "loss": loss.item(), "gradient": (logits.grad * len(labels)).tolist()})
print(json.dumps({"logits": logits.tolist(), "labels": labels.tolist(), "cases": cases}, indent=1))
