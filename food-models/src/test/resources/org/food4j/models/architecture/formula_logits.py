"""Logits of a network whose weights and input are filled by a formula: numbers for another implementation to meet.

usage: formula_logits.py SIZE CLASSES > se_cnn_SIZE.json          needs PyTorch

Element i (row-major) of a tensor named n is noise(i, p) in [-1, 1), p = the sum of n's character codes: a 32-bit integer hash
(multiply, shift, exclusive or), exact in any language. Then, in double precision and rounded to float32:
  running_var and one-dimensional weights: 1 + 0.3 * v        running_mean and every bias: 0.1 * v
  other weights: v * sqrt(6 / fan_in)                         input (named "input"): v
"""
import json, math, sys
import torch
from torch import nn


def conv_bn(i, o, k, s, act=True):
    layers = [nn.Conv2d(i, o, k, s, k // 2, bias=False), nn.BatchNorm2d(o)]
    return nn.Sequential(*layers, nn.ReLU()) if act else nn.Sequential(*layers)


class SqueezeExcitation(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.fc1, self.fc2 = nn.Conv2d(c, c // 16, 1), nn.Conv2d(c // 16, c, 1)

    def forward(self, x):
        return x * torch.sigmoid(self.fc2(torch.relu(self.fc1(x.mean((2, 3), keepdim=True)))))


class Block(nn.Module):
    def __init__(self, i, o):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(i, o, 3, 2, 1, bias=False), nn.BatchNorm2d(o)
        self.conv2, self.bn2 = nn.Conv2d(o, o, 3, 1, 1, bias=False), nn.BatchNorm2d(o)
        self.se, self.downsample = SqueezeExcitation(o), conv_bn(i, o, 1, 2, act=False)

    def forward(self, x):
        y = self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x)))))
        return torch.relu(self.se(y) + self.downsample(x))


class SeCnn(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.stem = conv_bn(3, 32, 3, 2)
        self.stages = nn.Sequential(*(Block(i, o) for i, o in ((32, 64), (64, 128), (128, 256), (256, 256))))
        self.fc = nn.Linear(256, classes)

    def forward(self, x):
        return self.fc(self.stages(self.stem(x)).mean((2, 3)))


def noise(name, shape):
    x = torch.arange(math.prod(shape), dtype=torch.int64) * 2654435761 + sum(map(ord, name)) * 40503 & 0xFFFFFFFF
    for _ in range(2):
        x = (x ^ x >> 16) * 0x45D9F3B & 0xFFFFFFFF
    return ((x ^ x >> 16).double() / 2**31 - 1).reshape(shape)


def filled(name, t):
    v = noise(name, t.shape)
    if name.endswith("running_var") or (t.ndim == 1 and name.endswith("weight")):
        return 1 + 0.3 * v
    if t.ndim == 1:
        return 0.1 * v
    return v * math.sqrt(6 / t[0].numel())


size, classes = int(sys.argv[1]), int(sys.argv[2])
net = SeCnn(classes).eval()
state = {k: filled(k, v).float() for k, v in net.state_dict().items() if v.ndim}
net.load_state_dict(state, strict=False)
x = noise("input", (2, 3, size, size)).float()
with torch.no_grad():
    logits = net(x)
spread = (logits[0] - logits[1]).std().item()
assert spread > 0.05, spread
json.dump({"size": size, "classes": classes, "spread": spread, "tensors": {k: list(v.shape) for k, v in state.items()},
           "logits": [[float(f"{v:.9g}") for v in row] for row in logits.tolist()]}, sys.stdout, indent=0)
print()
